using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting.Http.Door;
using Sallyport.Hosting.Observing;

namespace Sallyport.Hosting.Http.Endpoints;

/// <summary>The same tools and the same road as over MCP, for scripts that speak plain JSON.</summary>
internal sealed class ToolEndpoints(GatewayParts gateway, ToolCards cards, int maxBodyBytes)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tools", (RequestDelegate)ListAsync);
        routes.MapPost("/tools/{name}/execute", (RequestDelegate)ExecuteAsync);
    }

    private async Task ListAsync(HttpContext http)
        => await Answers.JsonAsync(http, StatusCodes.Status200OK, await cards.WriteAsync(CallerFeature.Of(http), http.RequestAborted));

    private async Task ExecuteAsync(HttpContext http)
    {
        if (!BodyReader.IsJson(http.Request))
        {
            await Answers.ErrorAsync(http, StatusCodes.Status415UnsupportedMediaType, new ToolError(ErrorCode.InvalidArguments, "Send the arguments as application/json."));
            return;
        }

        if (await BodyReader.ReadAsync(http.Request, maxBodyBytes, http.RequestAborted) is not { } arguments)
        {
            await Answers.ErrorAsync(http, StatusCodes.Status413PayloadTooLarge, new ToolError(ErrorCode.TooLarge, $"The arguments may take {maxBodyBytes} bytes."));
            return;
        }

        var name = (string)http.Request.RouteValues["name"]!;
        var outcome = await gateway.Pipeline.RunAsync(new ToolCallRequest(CallerFeature.Of(http), name, arguments) { Trace = RequestTrace.Of(http.Request.Headers) }, http.RequestAborted);
        if (outcome.Problem?.RetryAfter is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await Answers.JsonAsync(http, Answers.StatusOf(outcome), outcome is ToolOutcome.Succeeded succeeded ? succeeded.Json : ErrorJson.ToUtf8(outcome));
    }
}
