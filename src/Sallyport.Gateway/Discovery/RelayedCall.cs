using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Discovery;

/// <summary>
/// The call that <c>tools_call</c> carries, taken out so that it goes the whole road under its own name: gates, audit and
/// approval see the inner call and nothing else.
/// </summary>
internal static class RelayedCall
{
    public const string Tool = "tool";
    public const string Arguments = "arguments";

    public static bool TryUnwrap(
        ToolCallRequest outer, CatalogEntry relay, ToolCatalog catalog,
        [NotNullWhen(true)] out ToolCallRequest? inner, [NotNullWhen(false)] out ToolError? mistake)
    {
        (inner, mistake) = (null, null);
        var errors = relay.Schema.Validate(outer.Arguments.IsEmpty ? "{}"u8 : outer.Arguments.Span);
        if (errors.Count > 0)
        {
            mistake = Mistake(string.Join("; ", errors));
            return false;
        }

        using var document = JsonDocument.Parse(outer.Arguments);
        var root = document.RootElement;
        var tool = root.GetProperty(Tool).GetString()!;
        if (catalog.Find(tool) is { IsRelay: true })
        {
            mistake = Mistake($"{Tool}: must be another tool than {relay.Name}");
            return false;
        }

        if (GivenTwice(root) is { } twice)
        {
            mistake = Mistake($"{twice}: is given twice; keep it in one place");
            return false;
        }

        inner = outer with { Tool = tool, Arguments = ArgumentsOf(root) };
        return true;
    }

    private static ToolError Mistake(string message) => new(ErrorCode.InvalidArguments, message) { Hint = "Correct the named members and call again." };

    /// <summary>The gate's own arguments are taken from beside the tool's too, where models often put them.</summary>
    private static IEnumerable<JsonProperty> Beside(JsonElement root)
        => root.EnumerateObject().Where(member => !member.NameEquals(Tool) && !member.NameEquals(Arguments));

    private static string? GivenTwice(JsonElement root) => root.TryGetProperty(Arguments, out var arguments)
        ? Beside(root).Select(member => member.Name).FirstOrDefault(name => arguments.TryGetProperty(name, out _))
        : null;

    /// <summary>Put together from the text as it was sent, so that the gates see every member exactly so.</summary>
    private static ReadOnlyMemory<byte> ArgumentsOf(JsonElement root)
    {
        var given = root.TryGetProperty(Arguments, out var arguments) ? arguments.GetRawText() : "{}";
        var beside = string.Join(',', Beside(root).Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}"));
        if (beside.Length == 0)
            return Encoding.UTF8.GetBytes(given);
        var isEmpty = given.AsSpan(1, given.Length - 2).IsWhiteSpace();
        return Encoding.UTF8.GetBytes($"{{{beside}{(isEmpty ? "" : ",")}{given.AsSpan(1)}");
    }
}
