using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting.Approvals;
using Sallyport.Hosting.Http.Door;

namespace Sallyport.Hosting.Http.Endpoints;

/// <summary>Where people's programs see the calls that wait for a person, and say yes or no.</summary>
internal sealed class ApprovalEndpoints(GatewayParts gateway)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/approvals", (RequestDelegate)ListAsync);
        routes.MapPost("/approvals/{id}/approve", (RequestDelegate)(http => DecideAsync(http, isApproved: true)));
        routes.MapPost("/approvals/{id}/deny", (RequestDelegate)(http => DecideAsync(http, isApproved: false)));
    }

    private async Task ListAsync(HttpContext http)
    {
        var caller = CallerFeature.Of(http);
        if (!gateway.Authorizer.MayApprove(caller))
        {
            await Forbidden(http);
            return;
        }

        try
        {
            var waiting = await gateway.Approvals.WaitingAsync(http.RequestAborted);
            await Answers.JsonAsync(http, StatusCodes.Status200OK, HeldCallsJson.Of(waiting.Where(call => caller.IsGranted(call.Tenant))));
        }
        catch (ApprovalsUnavailableException)
        {
            await Unavailable(http);
        }
    }

    private async Task DecideAsync(HttpContext http, bool isApproved)
    {
        var person = CallerFeature.Of(http);
        if (!gateway.Authorizer.MayApprove(person))
        {
            await Forbidden(http);
            return;
        }

        try
        {
            await DecideAsync(http, (string)http.Request.RouteValues["id"]!, new Approver(person.Subject, "http"), isApproved);
        }
        catch (Exception exception) when (exception is ApprovalsUnavailableException or AuditUnavailableException)
        {
            await Unavailable(http);
        }
    }

    private async Task DecideAsync(HttpContext http, string id, Approver person, bool isApproved)
    {
        if (await gateway.Approvals.FindAsync(id, http.RequestAborted) is not { } call || !CallerFeature.Of(http).IsGranted(call.Tenant))
            await Answers.ErrorAsync(http, StatusCodes.Status404NotFound, new ToolError("approval_unknown", "No such call is waiting; it may have expired."));
        else if (person.Name == call.Caller)
            await Answers.ErrorAsync(http, StatusCodes.Status403Forbidden, new ToolError(ErrorCode.Forbidden, call.Refuses(person.Name)!));
        else if (await gateway.Approvals.DecideAsync(id, person, isApproved, http.RequestAborted) is { } problem)
            await Answers.ErrorAsync(http, StatusCodes.Status409Conflict, new ToolError("approval_conflict", problem));
        else
            await Answers.JsonAsync(http, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(new Decision(id, isApproved ? "approved" : "denied"), HttpJson.Default.Decision));
    }

    private static Task Forbidden(HttpContext http)
        => Answers.ErrorAsync(http, StatusCodes.Status403Forbidden, new ToolError(ErrorCode.Forbidden, "Deciding held calls needs the role approver or admin, and proof of who you are."));

    private static Task Unavailable(HttpContext http)
        => Answers.ErrorAsync(http, StatusCodes.Status503ServiceUnavailable, new ToolError(ErrorCode.ApprovalUnavailable, "Held calls or the audit cannot be reached, so nothing was decided."));
}

/// <summary>What became of a held call.</summary>
internal sealed record Decision(string Id, string Outcome);
