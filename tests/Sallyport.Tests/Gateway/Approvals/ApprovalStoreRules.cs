using Sallyport.Gateway.Approvals;

namespace Sallyport.Tests.Gateway.Approvals;

/// <summary>What every place that keeps held calls must do, wherever it keeps them.</summary>
public abstract class ApprovalStoreRules
{
    protected static readonly DateTimeOffset Now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens what the tests of one class share, as a further process or instance would.</summary>
    protected abstract Task<IApprovalStore> OpenAsync();

    [Fact]
    public async Task A_call_comes_back_whole_after_a_restart()
    {
        var held = Held() with { TaintedBy = ["call-1"] };
        await using (var before = await OpenAsync())
            await before.AddAsync(held, 100, Now, Token);
        await using var after = await OpenAsync();

        var found = await after.FindAsync(held.Id, Token);

        Assert.Equal("""{"id":7}"""u8.ToArray(), found!.Arguments.ToArray());
        Assert.Equal(["call-1"], found.TaintedBy);
        Assert.Equal(
            (held.Id, held.CallId, held.Tool, held.Tenant, held.Caller, held.Digest, held.Reason, held.Expires, held.Approvers, held.State, held.Version),
            (found.Id, found.CallId, found.Tool, found.Tenant, found.Caller, found.Digest, found.Reason, found.Expires, found.Approvers, found.State, found.Version));
        Assert.Equal([held.Id], (await after.ListAsync(Token)).Select(call => call.Id));
    }

    [Fact]
    public async Task The_same_call_waits_once()
    {
        await using var store = await OpenAsync();
        var first = await store.AddAsync(Held(), 100, Now, Token);

        Assert.Equal(first!.Id, (await store.AddAsync(Held(), 100, Now, Token))!.Id);
        Assert.NotEqual(first.Id, (await store.AddAsync(Held(digest: "other"), 100, Now, Token))!.Id);
        Assert.NotEqual(first.Id, (await store.AddAsync(Held(caller: "other"), 100, Now, Token))!.Id);
        await store.TryReplaceAsync(first, first.Approve("a person"), Token);
        Assert.NotEqual(first.Id, (await store.AddAsync(Held(), 100, Now, Token))!.Id);
    }

    [Fact]
    public async Task One_caller_cannot_fill_the_list_for_others()
    {
        await using var store = await OpenAsync();
        for (var i = 0; i < 3; i++)
            Assert.NotNull(await store.AddAsync(Held(digest: $"d{i}"), 3, Now, Token));

        Assert.Null(await store.AddAsync(Held(digest: "one more"), 3, Now, Token));
        Assert.NotNull(await store.AddAsync(Held(caller: "other"), 3, Now, Token));
        Assert.NotNull(await store.AddAsync(Held(digest: "later"), 3, Now + TimeSpan.FromMinutes(15), Token));
        Assert.Single(await store.ListAsync(Token));
    }

    [Fact]
    public async Task Of_two_changes_to_what_was_read_only_the_first_stands()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        var read = await one.AddAsync(Held(), 100, Now, Token);

        Assert.True(await one.TryReplaceAsync(read!, read!.Approve("a person"), Token));
        Assert.False(await other.TryReplaceAsync(read, read with { State = ApprovalState.Denied }, Token));
        Assert.Equal(ApprovalState.Approved, (await other.FindAsync(read.Id, Token))!.State);
    }

    [Fact]
    public async Task Of_many_uses_at_once_on_two_instances_exactly_one_goes_through()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        for (var round = 0; round < 10; round++)
        {
            var read = await one.AddAsync(Held(digest: $"round {round}"), 100, Now, Token);
            var uses = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
                () => (i % 2 == 0 ? one : other).TryReplaceAsync(read!, read! with { State = ApprovalState.Used }, Token))));

            Assert.Single(uses, used => used);
        }
    }

    [Fact]
    public async Task Of_many_identical_requests_at_once_on_two_instances_one_is_kept()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();

        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () => (await (i % 2 == 0 ? one : other).AddAsync(Held(), 100, Now, Token))!.Id)));

        Assert.Single(ids.Distinct());
        Assert.Single(await one.ListAsync(Token));
    }

    protected static HeldCall Held(string digest = "digest", string caller = "agent") => new(
        HeldCall.NewId(), "call-7", "test_thing_change", "contoso", caller, """{"id":7}"""u8.ToArray(), digest, "Because.", Now + TimeSpan.FromMinutes(15), 1);
}
