using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sallyport.Gateway.Health;
using Sallyport.Hosting.Http.Door;
using Sallyport.Hosting.Operations;

namespace Sallyport.Hosting.Http.Endpoints;

/// <summary>How the gate is, in the form and with the status codes of the reference server.</summary>
internal sealed class HealthEndpoints(GateOperations operations)
{
    private const int HistoryShown = 10;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/health", (RequestDelegate)AnswerAsync);

    private async Task AnswerAsync(HttpContext http)
    {
        var caller = CallerFeature.Of(http);
        var report = (await operations.Health.CurrentAsync(http.RequestAborted)).For(caller);
        var past = operations.Health.History(HistoryShown).Select(round => round.For(caller)).ToList();
        var transport = operations.Transport.ToString().ToLowerInvariant();
        await Answers.JsonAsync(http, StatusOf(report.Overall), HealthBody.Write(report, past, operations.Health.AgeOf(report), transport));
    }

    private static int StatusOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => StatusCodes.Status200OK,
        HealthStatus.Degraded => StatusCodes.Status207MultiStatus,
        _ => StatusCodes.Status503ServiceUnavailable,
    };
}
