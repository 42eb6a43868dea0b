using System.Buffers;
using System.Text;
using System.Text.Json;
using Sallyport.Core;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting;

namespace Sallyport.Commands.Tools;

/// <summary>The tools of a caller as <c>tools/list</c> shows them, and beside each what an operator wants to know about it.</summary>
internal static class ToolJson
{
    /// <summary>The same gate with nothing left out of its list.</summary>
    public static ToolListing Everything(GatewayOffer gate) => new(gate.Catalog, gate.Authorizer, gate.Tenants, gate.UsesAliases, Toolsets.Everything);

    public static string Of(ToolList list, GatewayOffer gate) => $"{{\"tools\":[{string.Join(',', Tools(list, gate))}]}}";

    /// <summary>Every tool of this build on a line of its own, so that a change shows as one.</summary>
    public static string Reference(GatewayOffer gate)
        => $"{{\"tools\":[\n{string.Join(",\n", Tools(Everything(gate).For(GateSession.Operator), gate))}\n]}}\n";

    /// <summary>The schemas that an assembly keeps with it.</summary>
    public static string Schemas(GatewayOffer gate, string assembly)
        => KeptSchemas.Write(assembly, gate.Catalog.Entries.Concat(gate.Catalog.Sources).Select(entry => entry.Tool));

    private static IEnumerable<string> Tools(ToolList list, GatewayOffer gate)
    {
        using var shown = JsonDocument.Parse(list.Utf8);
        return [.. list.Listed.Zip(shown.RootElement.EnumerateArray(), (entry, tool) => Tool(entry, tool, gate.Policy, gate.Listing.Toolsets.Lists(entry)))];
    }

    private static string Tool(CatalogEntry entry, JsonElement shown, ApprovalPolicy approvals, bool isListed)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, PlainJson.Options))
        {
            writer.WriteStartObject();
            foreach (var member in shown.EnumerateObject())
                member.WriteTo(writer);
            if (entry.Tool.Alias is { } alias)
                writer.WriteString("alias", alias);
            writer.WriteString("platform", entry.Connector.Title);
            writer.WriteString("toolset", entry.Toolset);
            writer.WriteString("access", entry.Tool.Access == ToolAccess.Read ? "read" : "write");
            writer.WriteBoolean("mayBeHeld", approvals.CanHold(entry.Tool));
            writer.WriteBoolean("listed", isListed);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
