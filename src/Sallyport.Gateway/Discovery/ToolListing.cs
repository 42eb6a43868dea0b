using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Sallyport.Core;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Discovery;

/// <summary>What <c>tools/list</c> shows a caller, as bytes that are made once for everybody who sees the same tools.</summary>
/// <param name="toolsets">Which tools are listed at once; all of them when null.</param>
public sealed class ToolListing(ToolCatalog catalog, Authorizer authorizer, TenantDirectory tenants, bool usesAliases, Toolsets? toolsets = null)
{
    private readonly ConcurrentDictionary<string, ToolList> _lists = new(StringComparer.Ordinal);

    /// <summary>Which tools are listed at once.</summary>
    public Toolsets Toolsets { get; } = toolsets ?? Toolsets.All;

    public ToolList For(Caller caller) => _lists.GetOrAdd(KeyOf(caller), static (_, state) => state.Self.Make(state.Caller), (Self: this, Caller: caller));

    public static string NameOf(CatalogEntry entry, bool usesAliases) => usesAliases ? entry.Tool.Alias ?? entry.Name : entry.Name;

    /// <summary>Callers with the same role and tenants see the same list.</summary>
    private static string KeyOf(Caller caller) => caller.Tenants.Count == 1 ? $"{caller.Role}\n{caller.Tenants[0]}" : $"{caller.Role}\n{string.Join('\n', caller.Tenants)}";

    private ToolList Make(Caller caller)
    {
        var entries = catalog.Entries.Where(entry => authorizer.Shows(caller, entry, tenants)).ToList();
        var listed = entries.Where(Toolsets.Lists).ToList();
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var writer = new Utf8JsonWriter(buffer, PlainJson.Options))
        {
            writer.WriteStartArray();
            foreach (var entry in listed)
            {
                writer.WriteStartObject();
                WriteMembers(writer, entry, entries);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return new ToolList(entries, listed, buffer.WrittenMemory, usesAliases);
    }

    /// <summary>What a tool that carries calls can change is what the caller's tools can.</summary>
    private static IEnumerable<Tool> Changes(CatalogEntry entry, IEnumerable<CatalogEntry> entries)
        => (entry.IsRelay ? entries.Where(one => !one.IsRelay) : [entry]).Select(one => one.Tool).Where(tool => tool.Access == ToolAccess.Write);

    /// <summary>What clients are shown of one tool, into an object that the writer is in.</summary>
    /// <param name="entries">What the caller may use.</param>
    public void WriteMembers(Utf8JsonWriter writer, CatalogEntry entry, IReadOnlyList<CatalogEntry> entries)
    {
        var tool = entry.Tool;
        var changes = Changes(entry, entries).ToList();
        writer.WriteString("name", NameOf(entry, usesAliases));
        writer.WriteString("title", TitleOf(tool));
        writer.WriteString("description", tool.Description);
        writer.WritePropertyName("inputSchema");
        writer.WriteRawValue(entry.Schema.Utf8.Span, skipInputValidation: true);
        if (tool.Output is { } output)
        {
            writer.WritePropertyName("outputSchema");
            writer.WriteRawValue(output.Utf8.Span, skipInputValidation: true);
        }

        writer.WriteStartObject("annotations");
        writer.WriteBoolean("readOnlyHint", changes.Count == 0);
        if (changes.Count > 0)
        {
            writer.WriteBoolean("destructiveHint", changes.Any(change => change.IsDestructive));
            writer.WriteBoolean("idempotentHint", tool.IsIdempotent);
        }

        writer.WriteEndObject();
    }

    /// <summary>The name in words, unless the connector gives a better one.</summary>
    public static string TitleOf(Tool tool)
    {
        if (tool.Title is { } title)
            return title;
        var words = tool.Name.Replace('_', ' ');
        return string.Concat(words[..1].ToUpper(CultureInfo.InvariantCulture), words.AsSpan(1));
    }

    /// <summary>The first sentence of what is said about a tool.</summary>
    public static string InShort(Tool tool)
    {
        var end = tool.Description.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? tool.Description : tool.Description[..(end + 1)];
    }
}
