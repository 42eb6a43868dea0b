using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json.Serialization;
using Sallyport.Core;
using Sallyport.Core.Schemas;

namespace Sallyport.Tests.Core.Schemas;

public sealed partial class JsonSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.Of(static () => SampleJson.Default.Sample);

    [Fact]
    public void The_schema_shows_descriptions_defaults_limits_and_nothing_else()
        => Assert.Equal(
            """
            {"type":"object","properties":{"host_id":{"description":"Host to look at.","type":"integer"},"state":{"type":"string","enum":["active","fixed"],"default":"active"},"limit":{"type":"integer","default":25,"minimum":1,"maximum":100},"tags":{"type":"array","items":{"type":"string","maxLength":8},"maxItems":2},"owner":{"anyOf":[{"type":"string"},{"type":"null"}]}},"required":["host_id"],"additionalProperties":false}
            """,
            Encoding.UTF8.GetString(Schema.Utf8.Span));

    [Theory]
    [InlineData("""{"host_id":7}""", null)]
    [InlineData("""{"host_id":7,"state":"fixed","limit":100,"tags":["a"],"owner":null}""", null)]
    [InlineData("""{}""", "host_id: is required")]
    [InlineData("""{"host_id":"7"}""", "host_id: must be an integer")]
    [InlineData("""{"host_id":7.0}""", "host_id: must be an integer")]
    [InlineData("""{"host_id":null}""", "host_id: must be an integer")]
    [InlineData("""{"host_id":7,"limit":0}""", "limit: must be from 1 to 100")]
    [InlineData("""{"host_id":7,"limit":1e3}""", "limit: must be an integer")]
    [InlineData("""{"host_id":7,"state":"Active"}""", "state: must be one of \"active\", \"fixed\"")]
    [InlineData("""{"host_id":7,"lmit":5}""", "lmit: is unknown; did you mean 'limit'?")]
    [InlineData("""{"host_id":7,"tags":["123456789"]}""", "tags[0]: must have at most 8 characters")]
    [InlineData("""{"host_id":7,"tags":["a","b","c"]}""", "tags: must have at most 2 items")]
    [InlineData("""{"host_id":7,"host_id":8}""", "host_id: is given twice")]
    [InlineData("""[]""", "must be an object")]
    [InlineData("""{"host_id":7""", "must be well-formed JSON, at most 32 levels deep")]
    public void A_document_is_checked_against_the_schema_that_is_shown(string json, string? error)
        => Assert.Equal(error, Schema.Validate(Encoding.UTF8.GetBytes(json)) is [var first, ..] ? first.ToString() : null);

    [Fact]
    public void A_secret_is_text_that_is_taken_and_never_shown_and_items_of_a_list_are_as_strict_as_the_whole()
    {
        var schema = JsonSchema.Of(static () => SampleJson.Default.Vault);

        Assert.Equal(
            """
            {"type":"object","properties":{"keys":{"type":"array","items":{"type":"object","properties":{"key":{"description":"What opens it.","type":"string","writeOnly":true}},"additionalProperties":false}}},"required":["keys"],"additionalProperties":false}
            """,
            Encoding.UTF8.GetString(schema.Utf8.Span));
        Assert.True(schema.Root.Properties["keys"].Items!.Properties["key"].IsSecret);
        Assert.Equal("keys[0].kye: is unknown; known: key", Assert.Single(schema.Validate("""{"keys":[{"kye":"x"}]}"""u8)).ToString());
        Assert.Equal("keys[0].key: must be a string", Assert.Single(schema.Validate("""{"keys":[{"key":7}]}"""u8)).ToString());
    }

    [Fact]
    public void A_keyword_that_is_not_checked_cannot_be_shown()
        => Assert.Throws<NotSupportedException>(() => JsonSchema.Parse("""{"type":"object","multipleOf":2}"""u8));

    [Fact]
    public void A_member_of_any_shape_may_hold_an_object()
        => Assert.Empty(JsonSchema.Parse("""{"type":"object","additionalProperties":true}"""u8).Validate("""{"a":{"b":[{"c":1}]}}"""u8));

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":["x","\udfff"]}""")]
    public void Half_a_surrogate_pair_is_an_error_wherever_it_is(string json)
        => Assert.NotEmpty(JsonSchema.Parse("""{"type":"object","additionalProperties":true}"""u8).Validate(Encoding.UTF8.GetBytes(json)));

    internal enum State
    {
        Active,
        Fixed,
    }

    internal sealed record Sample(
        [Description("Host to look at.")] long HostId,
        State State = State.Active,
        [Range(1, 100)] int Limit = 25,
        [MaxLength(2), EachItem(MaxLength = 8)] IReadOnlyList<string>? Tags = null,
        [NullMatters] string? Owner = null);

    internal sealed record Vault(IReadOnlyList<VaultKey> Keys);

    internal sealed record VaultKey([Description("What opens it.")] Secret? Key = null);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = false,
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, Converters = [typeof(StateConverter)])]
    [JsonSerializable(typeof(Sample))]
    [JsonSerializable(typeof(Vault))]
    internal sealed partial class SampleJson : JsonSerializerContext;

    internal sealed class StateConverter() : JsonStringEnumConverter<State>(System.Text.Json.JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
}
