using Microsoft.Extensions.Logging;
using Sallyport.Configuration;
using Sallyport.Core;
using Sallyport.Gateway.Tenancy;
using Sallyport.Hosting;

namespace Sallyport.Commands.Doctor;

/// <summary>Asks every platform of every tenant whether it is there and knows us; all at once, each within ten seconds.</summary>
internal static class PlatformChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Finding>> OfAsync(
        SallyportSettings settings, IReadOnlyList<IConnector> connectors, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        await using var clients = GatewayBuilder.Clients(settings, logs, TimeProvider.System);
        return await Task.WhenAll(
            from tenant in settings.Tenants
            from connector in connectors
            where tenant.Value.Connectors.ContainsKey(connector.Id)
            select ProbeAsync(new Tenant(tenant.Key, IsReadOnly: true, tenant.Value.Connectors), connector));

        async Task<Finding> ProbeAsync(Tenant tenant, IConnector connector)
        {
            var subject = $"{tenant.Id}/{connector.Id}";
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            try
            {
                await connector.ProbeAsync(clients.Client(tenant, connector), patience.Token);
                return new Finding("platforms", subject, Health.Well, $"{connector.Title} answers and knows us");
            }
            catch (UpstreamException failure)
            {
                return new Finding("platforms", subject, Health.Broken, failure.Message, failure.Hint ?? Remedy(failure.Failure));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new Finding("platforms", subject, Health.Broken, $"{connector.Title} did not answer within {Patience.TotalSeconds:0} s", Remedy(UpstreamFailure.Timeout));
            }
        }
    }

    private static string Remedy(UpstreamFailure failure) => failure switch
    {
        UpstreamFailure.Auth => "Check the credentials of this tenant, and that they have not expired.",
        UpstreamFailure.Forbidden => "Give this tenant's credentials the permissions that the platform's README lists.",
        UpstreamFailure.Throttled => "Wait; the platform limits how often it is asked.",
        UpstreamFailure.Timeout or UpstreamFailure.Unavailable => "Check the address, and that this machine may connect to it.",
        _ => "Check that the address is the platform's own and not a proxy's or a portal's.",
    };
}
