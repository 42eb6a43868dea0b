using Sallyport.Core;
using Sallyport.Core.Settings;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Tests.Gateway.Investigations;

/// <summary>An investigation over many tenants: bounded, and strictly apart.</summary>
public sealed class ManyTenantsTests
{
    [Fact]
    public async Task Fifty_tenants_on_three_platforms_are_asked_a_few_at_a_time_and_answer_for_themselves()
    {
        var load = new Load();
        var connectors = new[] { "one", "two", "three" }.Select(id => new AskedConnector(id, load)).ToArray();
        var tenants = Enumerable.Range(0, 50).Select(number => new Sallyport.Gateway.Tenancy.Tenant(
            $"t{number:00}", true, connectors.ToDictionary(connector => connector.Id, _ => new object()))).ToArray();
        await using var gate = await TestGateway.StartAsync(connectors, tenants, new TestGatewayOptions { TenantsAtOnce = 4, Limits = new ResponseLimits(Bytes: 4_000_000, Tokens: 1_000_000) });

        var all = await gate.ResultAsync("user_profile", """{"user":"alice","tenant":"*"}""");

        Assert.Equal(50, all.GetProperty("results").GetArrayLength());
        Assert.InRange(load.Most, 2, 12);
        Assert.All(all.GetProperty("results").EnumerateArray(), one =>
        {
            var result = one.GetProperty("result");
            var tenant = one.GetProperty("tenant").GetString();
            Assert.Equal(tenant, result.GetProperty("tenant").GetString());
            Assert.Equal(3, result.GetProperty("sources").GetArrayLength());
            Assert.Equal($"alice@{tenant}", Look.Text(Assert.Single(result.GetProperty("events").EnumerateArray()).GetProperty("user").GetProperty("name")));
        });
    }

    /// <summary>Counts how many questions are open at once.</summary>
    private sealed class Load
    {
        private int _now;

        public int Most;

        public async Task CountAsync()
        {
            var now = Interlocked.Increment(ref _now);
            for (var most = Volatile.Read(ref Most); now > most && Interlocked.CompareExchange(ref Most, now, most) != most; most = Volatile.Read(ref Most))
            {
            }

            for (var i = 0; i < 20; i++)
                await Task.Yield();
            Interlocked.Decrement(ref _now);
        }
    }

    /// <summary>A platform that knows one user in every tenant.</summary>
    private sealed class AskedConnector(string id, Load load) : IConnector
    {
        public string Id => id;

        public string Title => id;

        public IReadOnlyList<Tool> Tools { get; } = [TestConnector.Reading($"{id}_users_list")];

        public IReadOnlyList<Source> Sources { get; } =
        [
            Source.Users<TestConnector.TestClient>(id, [$"{id}_users_list"], async (client, question, _, _) =>
            {
                await load.CountAsync();
                return new Answer<SeenUser>([new SeenUser(new UserIdentity($"{id}-7", $"{question.Name}@{client.Tenant}", question.Name))]);
            }),
        ];

        public SettingsType Settings { get; } = SettingsType.Of(static () => TestJson.Default.Nothing);

        public IAsyncDisposable Connect(object settings, UpstreamContext context) => new TestConnector.TestClient(context.Tenant);

        public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
