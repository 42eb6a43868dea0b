using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Approvals.Files;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Tests.Gateway.Approvals;

/// <summary>Somebody who can write where held calls are kept, and does not have the audit key.</summary>
public sealed class HeldCallSealTests : IAsyncLifetime
{
    private const string Change = "test_thing_change";

    private static readonly AuditKey Key = AuditKey.Parse("a key that only the gate has 0123456789");

    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-seal-").FullName;
    private TestGateway _gate = null!;
    private int _runs;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Edits => new()
    {
        { "State", "\"Approved\"" }, { "Approvers", "0" }, { "ApprovedBy", "[\"alice\"]" }, { "Arguments", "\"eyJpZCI6MX0=\"" }, { "Digest", $"\"{new string('0', 64)}\"" },
        { "Tenant", "\"other\"" }, { "Caller", "\"other\"" }, { "Tool", "\"other\"" }, { "Expires", "\"2099-01-01T00:00:00+00:00\"" }, { "TaintedBy", "[\"x\"]" }, { "IsAcknowledged", "true" },
        { "Question", "\"x\"" }, { "Version", "7" }, { "Reason", "\"Harmless.\"" }, { "Seal", "null" }, { "Seal", $"\"{new string('0', 64)}\"" }, { "Seal", "\"é\"" },
    };

    public async ValueTask InitializeAsync() => _gate = await TestGateway.StartAsync(
        new TestConnector([TestConnector.Writing(Change, () => Interlocked.Increment(ref _runs))]), new object(),
        new TestGatewayOptions { Approvals = ApprovalPolicy.Default, Store = Open(Key) });

    public async ValueTask DisposeAsync()
    {
        await _gate.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task A_call_that_was_edited_by_hand_counts_for_nothing(string member, string value)
    {
        var id = await HeldAsync();
        Edit(id, file => file[member] = JsonNode.Parse(value));

        Assert.Null(await _gate.Approvals.FindAsync(id, Token));
        Assert.NotNull(await _gate.ApproveAsync(id));
        Assert.Equal(ErrorCode.ApprovalRequired, (await UseAsync(id)).Problem!.Code);
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task An_approval_that_was_written_by_hand_is_none_also_with_the_seal_of_another_or_an_older_one()
    {
        var id = await HeldAsync();
        var waiting = File.ReadAllText(FileOf(id));
        var other = (await _gate.CallAsync(Change, """{"id":9}""")).Problem!.ApprovalId!;
        await _gate.ApproveAsync(other);
        foreach (var seal in (string?[])[null, SealIn(waiting), SealIn(File.ReadAllText(FileOf(other)))])
        {
            Edit(id, file => (file["State"], file["ApprovedBy"], file["Seal"]) = ("Approved", new JsonArray("alice"), seal));

            Assert.Equal(ErrorCode.ApprovalRequired, (await UseAsync(id)).Problem!.Code);
        }

        Assert.Equal(0, _runs);
        File.WriteAllText(FileOf(id), waiting);
        Assert.Null(await _gate.ApproveAsync(id));
        Assert.IsType<ToolOutcome.Succeeded>(await UseAsync(id));
    }

    [Fact]
    public async Task An_approval_that_is_put_back_after_its_use_is_used_up_all_the_same()
    {
        var id = await HeldAsync();
        await _gate.ApproveAsync(id);
        var approved = File.ReadAllText(FileOf(id));
        Assert.IsType<ToolOutcome.Succeeded>(await UseAsync(id));

        File.WriteAllText(FileOf(id), approved);

        Assert.Equal(ErrorCode.ApprovalRequired, (await UseAsync(id)).Problem!.Code);
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Another_process_with_the_same_key_or_the_next_one_decides_and_one_without_says_what_it_lacks()
    {
        var id = await HeldAsync();
        await using var stranger = Open();
        await using var rotated = Open(AuditKey.Parse("the key that comes after it 0123456789"), Key);
        await using var foreign = Open(AuditKey.Parse("the key of another gate 0123456789"));

        var failure = await Assert.ThrowsAsync<ApprovalsUnavailableException>(() => stranger.FindAsync(id, Token));
        Assert.Contains("audit.hmacKey", failure.Message, StringComparison.Ordinal);
        Assert.Null(await foreign.FindAsync(id, Token));
        var read = await rotated.FindAsync(id, Token);
        Assert.True(await rotated.TryReplaceAsync(read!, read!.Approve("alice"), Token));
        Assert.Null(await _gate.Approvals.FindAsync(id, Token));
        Assert.Equal(ApprovalState.Approved, (await rotated.FindAsync(id, Token))!.State);
    }

    private static string? SealIn(string json) => (string?)JsonNode.Parse(json)!["Seal"];

    private ApprovalFiles Open(params AuditKey[] keys) => new(_folder, new HeldCallSeal(keys, NullLogger.Instance));

    private string FileOf(string id) => Path.Combine(_folder, id + ".json");

    private void Edit(string id, Action<JsonObject> change)
    {
        var file = JsonNode.Parse(File.ReadAllText(FileOf(id)))!.AsObject();
        change(file);
        File.WriteAllText(FileOf(id), file.ToJsonString());
    }

    private async Task<string> HeldAsync() => Assert.IsType<ToolOutcome.Held>(await _gate.CallAsync(Change)).Error.ApprovalId!;

    private Task<ToolOutcome> UseAsync(string id) => _gate.CallAsync(Change, $$"""{"approval":"{{id}}"}""");
}
