using System.Text.Json.Nodes;
using Sallyport.Configuration;
using Sallyport.Connectors;

namespace Sallyport.Tests.Conventions;

/// <summary>The settings' schema that is kept with the program is the one its types say.</summary>
public sealed class KeptSchemaTests
{
    [Fact]
    public void The_kept_schema_is_the_written_one()
    {
        var kept = JsonNode.Parse(SettingsSchema.For(BuiltInConnectors.All).Schema.Utf8.Span);
        var written = JsonNode.Parse(SettingsSchema.Write(BuiltInConnectors.All).Schema.Utf8.Span);

        Assert.True(JsonNode.DeepEquals(kept, written), "Run 'make docs' and commit docs/reference/settings.schema.json.");
    }
}
