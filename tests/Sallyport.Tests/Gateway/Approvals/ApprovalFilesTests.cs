using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Approvals.Files;

namespace Sallyport.Tests.Gateway.Approvals;

public sealed class ApprovalFilesTests : ApprovalStoreRules, IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("sallyport-held-").FullName, "approvals");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public async Task What_is_kept_is_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var store = await OpenAsync();
        await store.AddAsync(Held(), 100, Now, Token);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        foreach (var file in Directory.GetFiles(_folder))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Id\":")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task A_file_that_is_broken_approves_nothing_and_stops_nothing(string text)
    {
        await using var store = await OpenAsync();
        var call = await store.AddAsync(Held(), 100, Now, Token);
        await File.WriteAllTextAsync(FileOf(call!), text, Token);

        Assert.Null(await store.FindAsync(call!.Id, Token));
        Assert.Empty(await store.ListAsync(Token));
        Assert.False(await store.TryReplaceAsync(call, call.Approve("a person"), Token));
        Assert.NotNull(await store.AddAsync(Held(), 100, Now, Token));
    }

    [Fact]
    public async Task An_approved_call_under_another_calls_name_is_not_believed()
    {
        await using var store = await OpenAsync();
        var first = await store.AddAsync(Held(), 100, Now, Token);
        var second = await store.AddAsync(Held(digest: "other"), 100, Now, Token);
        await store.TryReplaceAsync(first!, first!.Approve("a person"), Token);
        File.Copy(FileOf(first), FileOf(second!), overwrite: true);

        Assert.Null(await store.FindAsync(second!.Id, Token));
    }

    [Fact]
    public async Task A_draft_that_a_crash_left_behind_changes_nothing()
    {
        await using var store = await OpenAsync();
        var call = await store.AddAsync(Held(), 100, Now, Token);
        await File.WriteAllTextAsync(FileOf(call!) + ".tmp", "{\"State\":\"Approved\"", Token);

        Assert.Equal(ApprovalState.Waiting, (await store.FindAsync(call!.Id, Token))!.State);
        Assert.True(await store.TryReplaceAsync(call, call.Approve("a person"), Token));
        Assert.Equal(ApprovalState.Approved, (await store.FindAsync(call.Id, Token))!.State);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said_plainly()
    {
        await File.WriteAllTextAsync(_folder, "not a folder", Token);
        await using var store = await OpenAsync();

        await Assert.ThrowsAsync<ApprovalsUnavailableException>(() => store.AddAsync(Held(), 100, Now, Token)).WaitAsync(TimeSpan.FromMinutes(1), Token);
    }

    protected override Task<IApprovalStore> OpenAsync() => Task.FromResult<IApprovalStore>(new ApprovalFiles(_folder));

    private string FileOf(HeldCall call) => Path.Combine(_folder, call.Id + ".json");
}
