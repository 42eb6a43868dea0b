using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Approvals.Files;
using Sallyport.Gateway.Events;

namespace Sallyport.Tests.Gateway.Approvals;

/// <summary>What those who watch hear of held calls.</summary>
public sealed class HeldCallWatchTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-held-").FullName;
    private readonly FakeClock _clock = new();
    private readonly GateEvents _events;
    private readonly EventReader _reader;
    private TestGateway? _gateway;

    public HeldCallWatchTests()
    {
        _events = new GateEvents(_clock);
        _reader = _events.Watch(null);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await (_gateway?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Each_yes_is_told_with_who_said_it_and_what_it_came_to()
    {
        var (gateway, watch, id) = await HeldAsync(approvers: 2);

        await gateway.ApproveAsync(id, "alice");
        await watch.LookAsync(Token);
        await gateway.ApproveAsync(id, "bob");
        await watch.LookAsync(Token);

        Assert.Equal([("approved", "alice", "waiting"), ("approved", "bob", "approved")], Told().Select(told => (told.Phase, told.By, told.Outcome)));
    }

    [Fact]
    public async Task A_no_of_another_process_is_told_once()
    {
        var (gateway, watch, id) = await HeldAsync();
        await using var elsewhere = new ApprovalFiles(_folder);
        var call = (await elsewhere.FindAsync(id, Token))!;

        await elsewhere.TryReplaceAsync(call, call with { State = ApprovalState.Denied }, Token);
        await watch.LookAsync(Token);
        await watch.LookAsync(Token);

        var told = Assert.Single(Told());
        Assert.Equal(("denied", id, "test_thing_change", gateway.Caller.Subject), (told.Phase, told.Approval, told.Tool, told.Caller));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_whose_time_is_over_is_told_once_whether_it_was_approved_or_not(bool isApproved)
    {
        var (gateway, watch, id) = await HeldAsync();
        if (isApproved) await gateway.ApproveAsync(id);
        await watch.LookAsync(Token);
        Told();

        _clock.Advance(TimeSpan.FromMinutes(15));
        await watch.LookAsync(Token);
        await watch.LookAsync(Token);

        Assert.Equal(["expired"], Told().Select(told => told.Phase));
    }

    [Fact]
    public async Task A_call_that_ran_is_over_and_what_was_decided_before_the_watch_began_is_no_news()
    {
        var (gateway, watch, id) = await HeldAsync();
        await gateway.ApproveAsync(id);
        await gateway.CallAsync("test_thing_change", $$"""{"approval":"{{id}}"}""");
        await watch.LookAsync(Token);
        Assert.Equal(["approved"], Told().Select(told => told.Phase));
        _clock.Advance(TimeSpan.FromMinutes(15));
        await watch.LookAsync(Token);

        await new HeldCallWatch(gateway.Approvals, _events, _clock).LookAsync(Token);

        Assert.Empty(Told());
    }

    [Fact]
    public async Task A_decision_of_this_process_is_told_at_once()
    {
        var (gateway, watch, id) = await HeldAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var watching = watch.RunAsync(stop.Token);

        await gateway.ApproveAsync(id);
        var told = await _reader.Events.ReadAsync(Token);
        await stop.CancelAsync();
        await watching;

        Assert.Equal((GateEventKind.Hold, "approved"), (told.Kind, told.Phase));
    }

    /// <summary>A held call that the watch has seen.</summary>
    private async Task<(TestGateway Gateway, HeldCallWatch Watch, string Id)> HeldAsync(int approvers = 1)
    {
        _gateway = await TestGateway.StartAsync(
            new TestConnector([TestConnector.Writing()]), new object(),
            new TestGatewayOptions { Approvals = ApprovalPolicy.Default with { Approvers = approvers }, Store = new ApprovalFiles(_folder), Clock = _clock });
        var id = (await _gateway.CallAsync("test_thing_change")).Problem!.ApprovalId!;
        var watch = new HeldCallWatch(_gateway.Approvals, _events, _clock);
        await watch.LookAsync(Token);
        return (_gateway, watch, id);
    }

    private List<GateEvent> Told()
    {
        List<GateEvent> told = [];
        while (_reader.Events.TryRead(out var happened)) told.Add(happened);
        return told;
    }
}
