using Sallyport.Core;
using Sallyport.Core.Resilience;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Tests.Gateway.Pipeline;

public sealed class FanOutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public async Task No_more_tenants_are_asked_at_once_than_the_setting_says(int atOnce)
    {
        var (running, most) = (0, 0);
        var full = new TaskCompletionSource();
        var tool = Tool.Raw<TestConnector.TestClient, TestConnector.Look>(ToolAccess.Read, "test_things_list", "Lists.", static () => TestJson.Default.Look, async (_, _, _, token) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            if (Volatile.Read(ref running) == atOnce)
                full.TrySetResult();
            await full.Task.WaitAsync(token);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return TestConnector.Json("{}");
        });
        await using var gateway = await StartAsync(tool, tenants: 40, atOnce);

        var result = await gateway.ResultAsync("test_things_list", """{"tenant":"*"}""");

        Assert.Equal((atOnce, 40), (most, result.GetProperty("results").GetArrayLength()));
    }

    [Fact]
    public async Task Tenants_that_only_wait_until_a_platform_hears_them_again_keep_nobody_out()
    {
        var clock = new FakeClock();
        var wait = TimeSpan.FromSeconds(30);
        var answered = 0;
        var tool = Tool.Raw<TestConnector.TestClient, TestConnector.Look>(ToolAccess.Read, "test_things_list", "Lists.", static () => TestJson.Default.Look, async (client, _, _, token) =>
        {
            if (string.CompareOrdinal(client.Tenant, "t05") < 0)
                await Slot.WaitAsideAsync(wait, clock, token);
            else if (Interlocked.Increment(ref answered) == 15)
                clock.Advance(wait);
            return TestConnector.Json("{}");
        });
        await using var gateway = await StartAsync(tool, tenants: 20, atOnce: 5);

        var result = await gateway.ResultAsync("test_things_list", """{"tenant":"*"}""");

        Assert.Equal(20, result.GetProperty("results").EnumerateArray().Count(entry => entry.TryGetProperty("result", out _)));
    }

    [Fact]
    public async Task Every_tenant_says_how_long_it_took_in_the_order_of_their_names()
    {
        await using var gateway = await StartAsync(TestConnector.Reading(), tenants: 12, atOnce: 5);

        var result = await gateway.ResultAsync("test_things_list", """{"tenant":"*"}""");

        var results = result.GetProperty("results").EnumerateArray().ToList();
        Assert.All(results, entry => Assert.True(entry.GetProperty("duration_ms").GetInt64() >= 0));
        Assert.Equal(results.Select(entry => entry.GetProperty("tenant").GetString()).Order(StringComparer.Ordinal), result.GetProperty("tenants").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task When_every_tenant_fails_the_failure_names_each()
    {
        await using var gateway = await StartAsync(TestConnector.Failing(new UpstreamException(UpstreamFailure.Forbidden, "No.")), tenants: 2, atOnce: 5);

        var failed = Assert.IsType<ToolOutcome.Failed>(await gateway.CallAsync("test_thing_get", """{"tenant":"*"}"""));

        Assert.Equal("t00: upstream_forbidden; t01: upstream_forbidden", failed.Error.Hint);
    }

    [Fact]
    public async Task One_tenant_asked_for_as_all_still_answers_in_the_shape_of_all()
    {
        await using var gateway = await StartAsync(TestConnector.Reading(), tenants: 1, atOnce: 5);

        Assert.True((await gateway.ResultAsync("test_things_list", """{"tenant":"*"}""")).GetProperty("fan_out").GetBoolean());
    }

    private static Task<TestGateway> StartAsync(Tool tool, int tenants, int atOnce) => TestGateway.StartAsync(
        [new TestConnector([tool])], [.. Enumerable.Range(0, tenants).Select(i => Some.Tenant(id: $"t{i:00}"))], new TestGatewayOptions { TenantsAtOnce = atOnce });

    private static void InterlockedMax(ref int most, int value)
    {
        int known;
        while ((known = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, known) != known)
        {
        }
    }
}
