using Sallyport.Gateway.Tenancy;

namespace Sallyport.Tests.Gateway.Tenancy;

public sealed class TenantClientTests
{
    [Fact]
    public async Task A_client_whose_settings_are_gone_is_closed_after_its_last_call()
    {
        var made = new Closing();
        var client = new TenantClient(new TestConnector([]), () => made);
        var first = client.Lease();
        var second = client.Lease();

        await client.RetireAsync();
        await first.DisposeAsync();
        Assert.False(made.IsClosed);

        await second.DisposeAsync();
        Assert.True(made.IsClosed);
    }

    [Fact]
    public async Task A_client_that_nobody_uses_is_closed_at_once()
    {
        var made = new Closing();
        var client = new TenantClient(new TestConnector([]), () => made);
        await client.Lease().DisposeAsync();
        Assert.False(made.IsClosed);

        await client.RetireAsync();

        Assert.True(made.IsClosed);
    }

    [Fact]
    public async Task A_client_that_was_never_needed_is_never_made()
    {
        var client = new TenantClient(new TestConnector([]), () => throw new InvalidOperationException("made"));

        await client.RetireAsync();
        await client.CloseAsync();
    }

    private sealed class Closing : IAsyncDisposable
    {
        public bool IsClosed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsClosed = true;
            return ValueTask.CompletedTask;
        }
    }
}
