using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Approvals.Files;

namespace Sallyport.Tests.Gateway.Approvals;

/// <summary>Held calls in files, where whoever decides hangs up between the record of the decision and its effect.</summary>
/// <param name="replacements">At which attempt the change stands; before that somebody else was faster.</param>
internal sealed class HangUpStore(CancellationTokenSource person, int replacements) : IApprovalStore
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-hang-up-");
    private int _attempts;

    private ApprovalFiles Files => field ??= new ApprovalFiles(_folder.FullName);

    public Task<HeldCall?> AddAsync(HeldCall call, int mostPerCaller, DateTimeOffset now, CancellationToken cancellationToken) => Files.AddAsync(call, mostPerCaller, now, cancellationToken);

    public Task<HeldCall?> FindAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Files.FindAsync(id, cancellationToken);
    }

    public Task<IReadOnlyList<HeldCall>> ListAsync(CancellationToken cancellationToken) => Files.ListAsync(cancellationToken);

    public Task<bool> TryReplaceAsync(HeldCall read, HeldCall changed, CancellationToken cancellationToken)
    {
        person.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
        return ++_attempts < replacements ? Task.FromResult(false) : Files.TryReplaceAsync(read, changed, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Files.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
