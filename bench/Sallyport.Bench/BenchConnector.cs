using Sallyport.Core;
using Sallyport.Core.Http;
using Sallyport.Core.Settings;
using Sallyport.Core.Tools;
using Sallyport.Tests.Mcp;

namespace Sallyport.Bench;

/// <summary>175 tools as a large platform has them; one does nothing and one asks an upstream.</summary>
internal sealed class BenchConnector(Uri upstream) : IConnector
{
    private const int Many = 175;

    public string Id => "bench";

    public string Title => "Bench";

    public IReadOnlyList<Tool> Tools { get; } =
    [
        Tool.Read(
            "bench_nothing_do", "Does nothing.", static () => PlatformJson.Default.Echo, static () => PlatformJson.Default.Echoed,
            static (BenchClient _, Echo arguments, CancellationToken _) => Task.FromResult(new Echoed(arguments.Text, arguments.Times))),
        Tool.Raw<BenchClient, Nothing>(
            ToolAccess.Read, "bench_upstream_ask", "Asks the upstream.", static () => PlatformJson.Default.Nothing, static (client, _, _, cancellationToken) => client.AskAsync(cancellationToken)),
        .. Enumerable.Range(2, Many - 2).Select(number => Tool.Read(
            $"bench_many_list_{number}",
            "Lists what there is of one kind on one platform, newest first, with the members that an analyst needs to decide what to look at next, and a cursor for what was left out.",
            static () => PlatformJson.Default.Echo, static () => PlatformJson.Default.Echoed, static (BenchClient _, Echo arguments, CancellationToken _) => Task.FromResult(new Echoed(arguments.Text, arguments.Times)))),
    ];

    public SettingsType Settings { get; } = SettingsType.Of(static () => PlatformJson.Default.SampleSettings);

    public IAsyncDisposable Connect(object settings, UpstreamContext context) => new BenchClient(
        new UpstreamHttp(new UpstreamHttpOptions { Name = "Bench", Addresses = AddressRule.Any, MaxConnections = 64, MaxRetries = 0 }, context), upstream);

    public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>The way to the bench's upstream.</summary>
internal sealed class BenchClient(UpstreamHttp http, Uri upstream) : IAsyncDisposable
{
    public async Task<ToolContent> AskAsync(CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(UpstreamRequest.Get(upstream), cancellationToken);
        answer.ThrowIfFailed();
        return answer.ToContent();
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }
}
