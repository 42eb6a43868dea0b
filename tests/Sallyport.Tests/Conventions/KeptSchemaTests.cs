using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Commands.Tools;
using Sallyport.Configuration;
using Sallyport.Connectors;
using Sallyport.Core.Schemas;
using Sallyport.Hosting;
using Sallyport.Tests.Commands;

namespace Sallyport.Tests.Conventions;

/// <summary>The schemas that are kept with the program are the ones that its types say.</summary>
public sealed class KeptSchemaTests
{
    private static GatewayOffer Everything { get; } = ToolReferenceTests.Everything();

    [Fact]
    public void The_kept_schema_of_the_settings_is_the_written_one()
    {
        var kept = JsonNode.Parse(SettingsSchema.For(BuiltInConnectors.All).Schema.Utf8.Span);
        var written = JsonNode.Parse(SettingsSchema.Write(BuiltInConnectors.All).Schema.Utf8.Span);

        Assert.True(JsonNode.DeepEquals(kept, written), "Run 'make docs' and commit docs/reference/settings.schema.json.");
    }

    [Theory]
    [InlineData("Sallyport.Core")]
    [InlineData("Sallyport.Connectors")]
    [InlineData("Sallyport.Gateway")]
    public void An_assembly_keeps_the_schemas_of_the_types_its_tools_take(string assembly)
    {
        var kept = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", assembly, "schemas.txt"));

        Assert.True(kept == ToolJson.Schemas(Everything, assembly), $"Run 'make docs' and commit src/{assembly}/schemas.txt.");
    }

    [Fact]
    public void Every_tool_checks_what_its_type_says()
        => Assert.All(Everything.Catalog.Entries.Where(entry => entry.Tool.Input.Type is not null), entry
            => Assert.Equal(Encoding.UTF8.GetString(SchemaWriter.Write(entry.Tool.Input.Type!())), Encoding.UTF8.GetString(entry.Tool.Input.Utf8.Span)));
}
