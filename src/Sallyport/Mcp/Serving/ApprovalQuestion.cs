using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Mcp.Serving;

/// <summary>
/// Puts a held call to the person at the client: as a form where policy lets that person's yes count, otherwise as the address
/// of the page on which an approver signs in. The same question serves every revision; the library carries it as each wants it.
/// </summary>
internal static class ApprovalQuestion
{
    private const string Key = "approval";
    private const string Field = "approve";
    private const string Accept = "accept";
    private const string Decline = "decline";

    /// <summary>What the client brings back; null when it answers nothing of ours.</summary>
    public static ClientAnswer? AnswerIn(CallToolRequestParams call)
    {
        if (call.RequestState is null && call.InputResponses is null)
            return null;
        var answer = call.InputResponses is { } answers && answers.TryGetValue(Key, out var given) ? given.RawValue : default;
        return new ClientAnswer(call.RequestState ?? "", VerdictIn(answer));
    }

    /// <summary>The question, to be thrown; null when this client cannot be asked, or asking would change nothing.</summary>
    public static async Task<InputRequiredException?> AskAsync(
        ApprovalDesk approvals, RequestContext<CallToolRequestParams> request, ToolOutcome.Held held, CancellationToken cancellationToken)
    {
        var can = (request.JsonRpcRequest.Context?.ClientCapabilities ?? request.Server.ClientCapabilities)?.Elicitation;
        if (can is null || !request.Server.IsMrtrSupported || held.Error.Held is not { } notice)
            return null;
        var question = notice.AcknowledgementCounts && can.Form is not null ? Form(notice)
            : can.Url is not null && approvals.Policy.Page is { } page ? Page(notice, page)
            : null;
        return question is not null && await approvals.AskAsync(notice.Call, cancellationToken) is { } state
            ? new InputRequiredException(new Dictionary<string, InputRequest> { [Key] = InputRequest.ForElicitation(question) }, state)
            : null;
    }

    private static ElicitRequestParams Form(HeldNotice notice) => new()
    {
        Mode = "form",
        Message = $"{Words(notice)} It runs once, with exactly these arguments: {Arguments(notice)}",
        RequestedSchema = new ElicitRequestParams.RequestSchema
        {
            Properties = { [Field] = new ElicitRequestParams.BooleanSchema { Title = "Approve this one call", Default = false } },
            Required = [Field],
        },
    };

    private static ElicitRequestParams Page(HeldNotice notice, Uri page) => new()
    {
        Mode = "url",
        Message = $"{Words(notice)} An approver signs in there and decides; whoever asked cannot approve.",
        Url = new Uri(page, $"approvals/{notice.Call.Id}").AbsoluteUri,
        ElicitationId = notice.Call.Id,
    };

    private static string Words(HeldNotice notice) => $"{notice.Tool} on tenant '{notice.Tenant}' waits for a person. {notice.Does} {notice.Call.Reason}";

    /// <summary>Only what the audit would keep too: free text of an agent, or of a stranger, must not speak to a person through a dialog.</summary>
    private static string Arguments(HeldNotice notice) => Encoding.UTF8.GetString(notice.Arguments.Span);

    private static ClientVerdict VerdictIn(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("action", out var action) || action.ValueKind != JsonValueKind.String)
            return ClientVerdict.None;
        if (action.ValueEquals(Decline))
            return ClientVerdict.No;
        var isApproved = action.ValueEquals(Accept) && answer.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Object
            && content.TryGetProperty(Field, out var approve) && approve.ValueKind == JsonValueKind.True;
        return isApproved ? ClientVerdict.Yes : ClientVerdict.None;
    }
}
