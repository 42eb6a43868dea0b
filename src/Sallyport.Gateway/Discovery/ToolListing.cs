using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Discovery;

/// <summary>What <c>tools/list</c> shows a caller, as bytes that are made once for everybody who sees the same tools.</summary>
public sealed class ToolListing(ToolCatalog catalog, Authorizer authorizer, TenantDirectory tenants, bool usesAliases)
{
    private readonly ConcurrentDictionary<string, ToolList> _lists = new(StringComparer.Ordinal);

    public ToolList For(Caller caller) => _lists.GetOrAdd(KeyOf(caller), static (_, state) => state.Self.Make(state.Caller), (Self: this, Caller: caller));

    public static string NameOf(CatalogEntry entry, bool usesAliases) => usesAliases ? entry.Tool.Alias ?? entry.Name : entry.Name;

    /// <summary>Callers with the same role and tenants see the same list.</summary>
    private static string KeyOf(Caller caller) => caller.Tenants.Count == 1 ? $"{caller.Role}\n{caller.Tenants[0]}" : $"{caller.Role}\n{string.Join('\n', caller.Tenants)}";

    private ToolList Make(Caller caller)
    {
        var entries = catalog.Entries.Where(entry => authorizer.Shows(caller, entry, tenants)).ToList();
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartArray();
            foreach (var entry in entries)
                Write(writer, entry, NameOf(entry, usesAliases));
            writer.WriteEndArray();
        }

        return new ToolList(entries, buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter writer, CatalogEntry entry, string name)
    {
        var tool = entry.Tool;
        writer.WriteStartObject();
        writer.WriteString("name", name);
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
        writer.WriteBoolean("readOnlyHint", tool.Access == ToolAccess.Read);
        if (tool.Access == ToolAccess.Write)
        {
            writer.WriteBoolean("destructiveHint", tool.IsDestructive);
            writer.WriteBoolean("idempotentHint", tool.IsIdempotent);
        }

        writer.WriteEndObject();
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
}

/// <summary>The tools one kind of caller sees, and their JSON array.</summary>
public sealed record ToolList(IReadOnlyList<CatalogEntry> Entries, ReadOnlyMemory<byte> Utf8);
