using Sallyport.Core.RequestTenants;

namespace Sallyport.Tests.Core.RequestTenants;

public sealed class ClientPoolTests
{
    private readonly FakeClock _clock = new();
    private readonly List<string> _closed = [];

    [Fact]
    public async Task The_same_key_shares_a_client_and_another_key_does_not()
    {
        await using var pool = Pool(most: 4);
        await using var a = await LeaseAsync(pool, "a");
        await using var again = await LeaseAsync(pool, "a");
        await using var b = await LeaseAsync(pool, "b");

        Assert.Same(a.Client, again.Client);
        Assert.NotSame(a.Client, b.Client);
    }

    [Fact]
    public async Task The_longest_unused_client_goes_first()
    {
        await using var pool = Pool(most: 2);
        await UseAsync(pool, "a");
        await UseAsync(pool, "b");
        await UseAsync(pool, "a");
        await UseAsync(pool, "c");

        Assert.Equal(["b"], _closed);
    }

    [Fact]
    public async Task A_client_in_use_is_closed_only_when_its_last_user_is_done()
    {
        await using var pool = Pool(most: 1);
        var first = await LeaseAsync(pool, "a");
        var second = await LeaseAsync(pool, "a");
        await UseAsync(pool, "b");
        Assert.Empty(_closed);

        await first.DisposeAsync();
        await first.DisposeAsync();
        Assert.Empty(_closed);
        await second.DisposeAsync();

        Assert.Equal(["a"], _closed);
    }

    [Fact]
    public async Task An_idle_client_goes_and_a_busy_one_stays()
    {
        await using var pool = Pool(most: 9);
        await UseAsync(pool, "idle");
        await using var busy = await LeaseAsync(pool, "busy");
        _clock.Advance(TimeSpan.FromMinutes(31));
        await UseAsync(pool, "new");

        Assert.Equal(["idle"], _closed);
    }

    [Fact]
    public async Task Closing_the_pool_closes_what_is_in_it()
    {
        var pool = Pool(most: 9);
        await UseAsync(pool, "a");
        await UseAsync(pool, "b");

        await pool.DisposeAsync();

        Assert.Equal(["a", "b"], _closed.Order());
    }

    private ClientPool Pool(int most) => new(most, TimeSpan.FromMinutes(30), _clock);

    private ValueTask<ClientLease> LeaseAsync(ClientPool pool, string key) => pool.LeaseAsync(key, () => new Closing(() => _closed.Add(key)));

    private async Task UseAsync(ClientPool pool, string key) => await (await LeaseAsync(pool, key)).DisposeAsync();

    private sealed class Closing(Action close) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            close();
            return ValueTask.CompletedTask;
        }
    }
}
