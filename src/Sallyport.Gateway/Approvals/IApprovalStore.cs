namespace Sallyport.Gateway.Approvals;

/// <summary>Keeps held calls where a restart, another process and another instance find them. Decides nothing.</summary>
public interface IApprovalStore : IAsyncDisposable
{
    /// <summary>Keeps a new call, unless the same one waits already: then that one is given back. Calls that have expired are dropped first.</summary>
    /// <param name="mostPerCaller">With so many waiting calls of its caller nothing is kept, and null given back.</param>
    /// <exception cref="ApprovalsUnavailableException">Nothing could be kept.</exception>
    Task<HeldCall?> AddAsync(HeldCall call, int mostPerCaller, DateTimeOffset now, CancellationToken cancellationToken);

    /// <param name="id">Has the form of an id.</param>
    Task<HeldCall?> FindAsync(string id, CancellationToken cancellationToken);

    Task<IReadOnlyList<HeldCall>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Puts a changed call in the place of what was read. False when somebody else changed it in between: nothing has happened then.</summary>
    Task<bool> TryReplaceAsync(HeldCall read, HeldCall changed, CancellationToken cancellationToken);
}

/// <summary>Says that held calls can be neither kept nor looked up, so that nothing that needs one may run.</summary>
public sealed class ApprovalsUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
