using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sallyport.Hosting.Operations;

namespace Sallyport.Hosting.Http.Endpoints;

/// <summary>Everything by which operators and orchestrators look after a serving gate.</summary>
internal static class OperationEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, GatewayParts gateway, GateOperations operations)
    {
        new HealthEndpoints(operations).Map(routes);
        new AdminEndpoints(gateway, operations).Map(routes);
        new EventEndpoints(gateway, operations).Map(routes, routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
    }
}
