using System.Buffers;
using System.Text.Json;
using Sallyport.Core;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Discovery;

/// <summary>Where one caller asks about tools. It knows only those the caller may use.</summary>
internal sealed class ToolDesk(ToolList list, ApprovalPolicy approvals)
{
    private const int MostChoices = 6;

    public FoundTools Find(string words, int most)
    {
        var found = list.Search(words, most).Select(Short).ToList();
        return new FoundTools(found, found.Count > 0 ? null : "Nothing fits; try other words: what is looked at (device, user, alert, finding, mail, port) and what is done to it.");
    }

    public ToolContent Describe(string name)
    {
        // The same words for a tool that does not exist and one that is somebody else's.
        if (list.Find(name) is not { } entry)
            throw new InvalidArgumentsException("tool: there is no such tool for you; tools_find says which there are.");
        var tool = entry.Tool;
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, PlainJson.Options);
        writer.WriteStartObject();
        writer.WriteString("name", list.NameOf(entry));
        if (tool.Alias is not null)
            writer.WriteString("also", list.UsesAliases ? entry.Name : tool.Alias);
        writer.WriteString("title", ToolListing.TitleOf(tool));
        writer.WriteString("description", tool.Description);
        writer.WriteString("platform", entry.Connector.Title);
        writer.WriteString("toolset", entry.Toolset);
        writer.WriteString("access", tool.Access == ToolAccess.Read ? "read" : "write");
        if (tool.Access == ToolAccess.Write)
        {
            writer.WriteBoolean("destructive", tool.IsDestructive);
            writer.WriteBoolean("may_be_held", approvals.CanHold(tool));
        }

        writer.WritePropertyName("input_schema");
        writer.WriteRawValue(entry.Schema.Utf8.Span, skipInputValidation: true);
        if (tool.Output is { } output)
        {
            writer.WritePropertyName("output_schema");
            writer.WriteRawValue(output.Utf8.Span, skipInputValidation: true);
        }

        writer.WriteStartObject("example");
        writer.WriteString("tool", list.NameOf(entry));
        writer.WritePropertyName("arguments");
        ExampleArguments.Write(writer, tool.Input.Root);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return ToolContent.FromJson(buffer.WrittenMemory);
    }

    private FoundTool Short(CatalogEntry entry)
    {
        var needs = string.Join(", ", entry.Schema.Root.Required.Select(name => $"{name}: {KindOf(entry.Schema.Root.Properties[name])}"));
        return new FoundTool(list.NameOf(entry), ToolListing.InShort(entry.Tool), needs.Length == 0 ? null : needs, entry.Tool.Access == ToolAccess.Write ? true : null);
    }

    private static string KindOf(SchemaNode schema)
    {
        if (schema.Enum is { } choices)
            return string.Join('|', choices.Take(MostChoices).Select(choice => choice.Trim('"'))) + (choices.Count > MostChoices ? "|…" : "");
        return (schema.Kinds & ~SchemaKind.Null) switch
        {
            SchemaKind.Array => $"list of {(schema.Items is null ? "anything" : KindOf(schema.Items))}",
            SchemaKind.String => schema.Format ?? "text",
            SchemaKind.Integer => "whole number",
            SchemaKind.Boolean => "true|false",
            SchemaKind.Object => "object",
            _ => "number",
        };
    }
}
