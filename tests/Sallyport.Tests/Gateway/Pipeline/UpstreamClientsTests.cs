using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Core;
using Sallyport.Gateway.Health;
using Sallyport.Gateway.Operating;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Tests.Gateway.Pipeline;

public sealed class UpstreamClientsTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_look_that_is_late_turns_to_no_platform_any_more(bool looksBefore, int connections)
    {
        var turnedTo = 0;
        var clock = new FakeClock();
        var connector = new TestConnector([TestConnector.Reading()]);
        var tenant = Some.Tenant(connector.Id, new object());
        var clients = new UpstreamClients(Context, new CircuitRules(), clock);
        var look = Assert.Single(new PlatformHealth([connector], clients, clock).Of([tenant]));

        if (looksBefore)
            await look.LookAsync(TestContext.Current.CancellationToken);
        await clients.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => look.LookAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(connections, turnedTo);

        UpstreamContext Context(Tenant one)
        {
            turnedTo++;
            return new UpstreamContext(one.Id, clock, NullLoggerFactory.Instance, Path.GetTempPath(), AllowLoopback: true);
        }
    }
}
