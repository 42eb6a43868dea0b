using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting.Http.Door;

namespace Sallyport.Hosting.Http.Endpoints;

/// <summary>Where people see the calls that wait for them, and say yes or no.</summary>
internal sealed class ApprovalEndpoints(GatewayParts gateway)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/approvals", (RequestDelegate)ListAsync);
        routes.MapPost("/approvals/{id}/approve", (RequestDelegate)(http => DecideAsync(http, isApproved: true)));
        routes.MapPost("/approvals/{id}/deny", (RequestDelegate)(http => DecideAsync(http, isApproved: false)));
    }

    private Task ListAsync(HttpContext http)
    {
        if (!gateway.Authorizer.MayApprove(CallerFeature.Of(http)))
            return Forbidden(http);
        var caller = CallerFeature.Of(http);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("approvals"u8);
            foreach (var call in gateway.Approvals.Waiting.Where(call => caller.IsGranted(call.Tenant)))
                Write(writer, call);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Answers.JsonAsync(http, StatusCodes.Status200OK, buffer.WrittenMemory);
    }

    private async Task DecideAsync(HttpContext http, bool isApproved)
    {
        var person = CallerFeature.Of(http);
        if (!gateway.Authorizer.MayApprove(person))
        {
            await Forbidden(http);
            return;
        }

        var id = (string)http.Request.RouteValues["id"]!;
        if (gateway.Approvals.Find(id) is not { } call || !person.IsGranted(call.Tenant))
        {
            await Answers.ErrorAsync(http, StatusCodes.Status404NotFound, new ToolError("approval_unknown", "No such call is waiting; it may have expired."));
            return;
        }

        if (person.Subject == call.Caller)
        {
            await Answers.ErrorAsync(http, StatusCodes.Status403Forbidden, new ToolError(ErrorCode.Forbidden, "Whoever asked cannot approve; another person must."));
            return;
        }

        // Recorded before it takes effect: what is not in the audit was not decided.
        var outcome = isApproved ? "approved" : "denied";
        await gateway.Audit.RecordAsync(new AuditDecision(id, person.Subject, outcome, Tenant: call.Tenant, Tool: call.Tool, ArgumentsDigest: call.Digest), http.RequestAborted);
        if (gateway.Approvals.Decide(id, person.Subject, isApproved) is { } problem)
            await Answers.ErrorAsync(http, StatusCodes.Status409Conflict, new ToolError("approval_conflict", problem));
        else
            await Answers.JsonAsync(http, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(new Decision(id, outcome), HttpJson.Default.Decision));
    }

    private static Task Forbidden(HttpContext http)
        => Answers.ErrorAsync(http, StatusCodes.Status403Forbidden, new ToolError(ErrorCode.Forbidden, "Deciding held calls needs the role approver or admin."));

    private static void Write(Utf8JsonWriter writer, HeldCall call)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, call.Id);
        writer.WriteString("tool"u8, call.Tool);
        writer.WriteString("tenant"u8, call.Tenant);
        writer.WriteString("caller"u8, call.Caller);
        writer.WritePropertyName("arguments"u8);
        writer.WriteRawValue(call.Arguments.Span, skipInputValidation: true);
        writer.WriteString("reason"u8, call.Reason);
        writer.WriteString("expires"u8, call.Expires);
        writer.WriteEndObject();
    }
}

/// <summary>What became of a held call.</summary>
internal sealed record Decision(string Id, string Outcome);
