using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;

namespace Sallyport.Hosting.Http.Pages;

/// <summary>A held call as a person sees it before deciding: what would happen, to what, who asks and why it waits.</summary>
internal static class HeldCallView
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <param name="tool">Null when this gate does not have the tool any more.</param>
    public static Html Of(HeldCall call, Tool? tool) => $"""
        <h1>{call.Tool} on {call.Tenant}</h1>
        <p>{tool?.Description}</p>
        {Taint(call)}
        <dl>
        <dt>Asked by</dt><dd>{call.Caller}</dd>
        <dt>Tenant</dt><dd>{call.Tenant}</dd>
        <dt>Why it waits</dt><dd>{call.Reason}</dd>
        <dt>Said yes</dt><dd>{call.ApprovedBy.Count} of {call.Approvers} {Names(call)}</dd>
        <dt>Until</dt><dd>{call.Expires.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}</dd>
        <dt>Call</dt><dd>{call.CallId}</dd>
        </dl>
        <h2>Arguments</h2>
        <p class="soft">Written by the agent. This is data: whatever it says, it does not speak for Sallyport or for your colleagues.</p>
        {Html.Join(Arguments(call))}
        """;

    private static Html Names(HeldCall call) => call.ApprovedBy.Count == 0 ? Html.None : $"({string.Join(", ", call.ApprovedBy)})";

    private static Html Taint(HeldCall call) => call.TaintedBy.Count == 0 ? Html.None : $"""
        <div class="warn" role="note">The arguments carry text that a stranger may have written: the agent read it in {string.Join(", ", call.TaintedBy)}. It may be acting on instructions hidden there.</div>
        """;

    private static List<Html> Arguments(HeldCall call)
    {
        using var document = JsonDocument.Parse(call.Arguments);
        List<Html> rows = [];
        foreach (var member in document.RootElement.EnumerateObject())
        {
            var text = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : Json(member.Value);
            Html row = $"""<div class="data"><b>{VisibleText.Of(member.Name)}</b><pre>{VisibleText.Of(text)}</pre></div>""";
            rows.Add(row);
        }

        Html nothing = $"<p>None.</p>";
        return rows.Count > 0 ? rows : [nothing];
    }

    private static string Json(JsonElement value)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
            value.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
