using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Connectors.Defender;
using Sallyport.Connectors.Defender.Access;
using Sallyport.Core;

namespace Sallyport.Tests.Connectors.Defender;

public sealed class DefenderClientTests
{
    [Fact]
    public async Task A_path_that_is_not_in_the_closed_list_throws_before_anything_is_sent()
    {
        await using var range = await DefenderRange.StartAsync();
        var other = new DefenderOperation(HttpMethod.Get, "/v1.0/users", DefenderService.Alerts, "User.Read.All");

        await Assert.ThrowsAsync<InvalidOperationException>(() => range.Client().SendAsync(new DefenderCall(other), TestContext.Current.CancellationToken));

        Assert.Equal(0, range.Journal.Total);
    }

    [Fact]
    public void An_interface_on_this_machine_is_refused_unless_allowed()
    {
        var context = new UpstreamContext("t", TimeProvider.System, NullLoggerFactory.Instance, "/tmp");

        Assert.Throws<UpstreamException>(() => new DefenderClient(Some.Settings("http://127.0.0.1:9", "http://127.0.0.1:9"), context));
    }

    [Fact]
    public async Task Two_tenants_have_tokens_and_data_of_their_own()
    {
        await using var range = await DefenderRange.StartAsync();
        var other = range.Controls.AddTenant();
        const string Query = """{"query":"DeviceInfo | project DeviceId","timespan":"P30D"}""";

        var first = await DefenderRange.CallAsync(range.Client(), "defender_hunting_query", Query);
        var second = await DefenderRange.CallAsync(range.Client(range.Settings(other)), "defender_hunting_query", Query);

        Assert.Equal(["t1", "t2"], range.Asked.Select(entry => entry.TokenId));
        Assert.NotEqual(first.GetProperty("rows").GetRawText(), second.GetProperty("rows").GetRawText());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exactly_one_proof_of_identity_must_be_set(bool both)
    {
        var settings = Some.Settings() with { ClientSecret = both ? new Secret("secret") : null, FederatedTokenFile = both ? typeof(Some).Assembly.Location : null };

        Assert.Contains(DefenderSettings.Check(settings), error => error.Message.Contains("exactly one", StringComparison.Ordinal));
    }
}
