using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting.Http.Door;

namespace Sallyport.Hosting.Http.Pages;

/// <summary>
/// The page of a held call: a person signs in with a token, sees the call and says yes or no. It needs no script and keeps no
/// cookie. Before the sign-in it says the same about every id, so that it is no oracle.
/// </summary>
internal sealed class ApprovalPages(GatewayParts gateway)
{
    private const string Under = "/approvals";
    private const string DecideStep = "/decide";

    private static readonly FormOptions SmallForms = new() { ValueCountLimit = 4, KeyLengthLimit = 32, ValueLengthLimit = 8 * 1024, BufferBodyLengthLimit = 16 * 1024 };

    private readonly Tickets _tickets = new(gateway.Time);

    /// <summary>Whether a request is for such a page, which finds out itself who sent it.</summary>
    public static bool Own(HttpRequest request)
    {
        if (!request.Path.StartsWithSegments(Under, StringComparison.Ordinal, out var rest) || rest.Value is not { Length: > 1 } path)
            return false;
        var isDecision = path.EndsWith(DecideStep, StringComparison.Ordinal);
        return HeldCall.IsId(isDecision ? path[1..^DecideStep.Length] : path[1..])
            && (HttpMethods.IsPost(request.Method) || (HttpMethods.IsGet(request.Method) && !isDecision));
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Under + "/{id}", (RequestDelegate)(http => SignInAsync(http, StatusCodes.Status200OK, null)));
        routes.MapPost(Under + "/{id}", (RequestDelegate)(http => GuardedAsync(http, ShowAsync)));
        routes.MapPost(Under + "/{id}" + DecideStep, (RequestDelegate)(http => GuardedAsync(http, DecideAsync)));
    }

    private static Task SignInAsync(HttpContext http, int status, string? problem)
    {
        Html notice = $"""<div class="warn" role="alert">{problem}</div>""";
        return PageFrame.WriteAsync(http, status, "Sign in", $"""
            <h1>Sign in to decide</h1>
            {(problem is null ? Html.None : notice)}
            <form method="post" action="/approvals/{IdOf(http)}" autocomplete="off">
            <label for="token">Your token, as a caller with the role approver or admin</label>
            <input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
            <div class="row"><button>Show the call</button></div>
            </form>
            """);
    }

    private async Task ShowAsync(HttpContext http, IFormCollection form)
    {
        var door = http.Features.Get<Guard>() ?? throw new InvalidOperationException("A request went past the guard.");
        if (await door.SignInAsync(http, form["token"].ToString().Trim()) is not { } person)
            await SignInAsync(http, StatusCodes.Status401Unauthorized, "That token is not accepted. After too many wrong ones, none is for a while.");
        else if (await FindAsync(http, person) is { } call)
            await ShowAsync(http, call, person);
    }

    private Task ShowAsync(HttpContext http, HeldCall call, Caller person)
    {
        var refusal = call.Refuses(person.Subject);
        Html notice = $"""<div class="warn" role="note">{refusal}</div>""";
        Html form = $"""
            <form method="post" action="/approvals/{call.Id}{DecideStep}" autocomplete="off">
            <input type="hidden" name="ticket" value="{(refusal is null ? _tickets.Give(person, call.Id) : "")}">
            <div class="row"><button class="yes" name="verdict" value="approve">Approve, once</button><button class="no" name="verdict" value="deny">Deny</button></div>
            </form>
            """;
        return PageFrame.WriteAsync(http, StatusCodes.Status200OK, "Decide", $"""
            {HeldCallView.Of(call, gateway.Rules.Offer.Catalog.Find(call.Tool)?.Tool)}
            {(refusal is null ? form : notice)}
            <p class="soft">Signed in as {person.Subject}. The approval is for exactly this call and is recorded under this name.</p>
            """);
    }

    private async Task DecideAsync(HttpContext http, IFormCollection form)
    {
        var id = IdOf(http);
        if (_tickets.Take(form["ticket"].ToString(), id) is not { } person)
        {
            await SignInAsync(http, StatusCodes.Status403Forbidden, "Sign in again: this page was used already, is too old, or comes from another instance of the gate. Nothing was decided.");
            return;
        }

        var verdict = form["verdict"].ToString();
        if (verdict is not ("approve" or "deny"))
        {
            await MessageAsync(http, StatusCodes.Status400BadRequest, "Nothing was decided.", "The form did not say what.");
            return;
        }

        // Asked again: the role may have gone since the page was made.
        if (await FindAsync(http, person) is not { } call)
            return;
        var isApproved = verdict == "approve";
        if (await gateway.Approvals.DecideAsync(id, new Approver(person.Subject, "page"), isApproved, http.RequestAborted) is { } problem)
            await MessageAsync(http, StatusCodes.Status409Conflict, "Nothing was decided.", problem);
        else
            await MessageAsync(http, StatusCodes.Status200OK, isApproved ? "Approved." : "Denied.", $"{call.Tool} on {call.Tenant}, asked by {call.Caller}. The audit has it under your name; you can close this page.");
    }

    /// <summary>The call, if this person may decide it; otherwise the request has been answered.</summary>
    private async Task<HeldCall?> FindAsync(HttpContext http, Caller person)
    {
        if (!gateway.Authorizer.MayApprove(person))
        {
            await MessageAsync(http, StatusCodes.Status403Forbidden, "You cannot decide.", "Deciding held calls needs the role approver or admin.");
            return null;
        }

        var call = await gateway.Approvals.FindAsync(IdOf(http), http.RequestAborted);
        if (call is not null && person.IsGranted(call.Tenant))
            return call;
        await MessageAsync(http, StatusCodes.Status404NotFound, "No such call is waiting.", "It may have expired, or been decided and used.");
        return null;
    }

    private static async Task GuardedAsync(HttpContext http, Func<HttpContext, IFormCollection, Task> step)
    {
        try
        {
            if (!http.Request.HasFormContentType)
                throw new InvalidDataException();
            await step(http, await new FormFeature(http.Request, SmallForms).ReadFormAsync(http.RequestAborted));
        }
        catch (InvalidDataException)
        {
            await MessageAsync(http, StatusCodes.Status400BadRequest, "Nothing was decided.", "That was not the form of this page.");
        }
        catch (Exception exception) when (exception is ApprovalsUnavailableException or AuditUnavailableException)
        {
            await MessageAsync(http, StatusCodes.Status503ServiceUnavailable, "Nothing was decided.", "Held calls or the audit cannot be reached. Try again shortly.");
        }
    }

    private static Task MessageAsync(HttpContext http, int status, string title, string text) => PageFrame.WriteAsync(http, status, title, $"<h1>{title}</h1><p>{text}</p>");

    private static string IdOf(HttpContext http) => (string)http.Request.RouteValues["id"]!;
}
