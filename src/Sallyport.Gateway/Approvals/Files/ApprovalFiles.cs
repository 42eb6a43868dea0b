using System.Text.Json;
using Sallyport.Core.Files;

namespace Sallyport.Gateway.Approvals.Files;

/// <summary>
/// Held calls as one private file each. A change is a whole new file in the place of the old one, made under a lock that
/// other processes respect, so that a crash leaves either the old call or the new one.
/// </summary>
public sealed class ApprovalFiles : IApprovalStore
{
    private const int MostBytes = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly string _folder;
    private readonly HeldCallSeal _seal;
    private readonly SemaphoreSlim _turn = new(1);

    public ApprovalFiles(string folder, HeldCallSeal? seal = null) => (_folder, _seal) = (folder, seal ?? HeldCallSeal.None);

    public Task<HeldCall?> AddAsync(HeldCall call, int mostPerCaller, DateTimeOffset now, CancellationToken cancellationToken) => LockedAsync(
        () =>
        {
            var kept = 0;
            foreach (var held in ReadAll())
            {
                if (held.Expires <= now)
                    File.Delete(PathOf(held.Id));
                else if (held.State == ApprovalState.Waiting && held.IsFor(call.Tool, call.Tenant, call.Caller, call.Digest))
                    return held;
                else if (held.State == ApprovalState.Waiting && held.Caller == call.Caller)
                    kept++;
            }

            if (kept >= mostPerCaller)
                return null;
            Write(call);
            return call;
        },
        cancellationToken);

    public Task<HeldCall?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Guarded(() => Read(PathOf(id))));

    public Task<IReadOnlyList<HeldCall>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(Guarded(() => (IReadOnlyList<HeldCall>)[.. ReadAll()]));

    public Task<bool> TryReplaceAsync(HeldCall read, HeldCall changed, CancellationToken cancellationToken) => LockedAsync(
        () =>
        {
            if (Read(PathOf(read.Id)) is not { } current || current.Version != read.Version)
                return false;
            Write(changed with { Version = read.Version + 1 });
            return true;
        },
        cancellationToken);

    public ValueTask DisposeAsync()
    {
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private string PathOf(string id) => Path.Combine(_folder, id + ".json");

    private List<HeldCall> ReadAll()
        => Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder, "apr_*.json").Select(Read).OfType<HeldCall>().ToList() : [];

    /// <summary>Null for what is not there, or is not a held call under its own name: nothing is approved by it.</summary>
    private HeldCall? Read(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MostBytes }
                && _seal.Read(File.ReadAllBytes(path)) is { } call && Path.GetFileName(path) == call.Id + ".json" ? call : null;
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException)
        {
            return null;
        }
    }

    private void Write(HeldCall call)
    {
        var draft = PathOf(call.Id) + ".tmp";
        using (var stream = Open(draft, FileMode.Create))
        {
            stream.Write(_seal.Write(call));
            stream.Flush(flushToDisk: true);
        }

        DurableFile.Replace(draft, PathOf(call.Id));
    }

    private async Task<T> LockedAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var claim = await ClaimAsync(cancellationToken);
            return Guarded(work);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Another process holds the lock for a millisecond or so; real time, because that process does not know ours.</summary>
    private async Task<FileStream> ClaimAsync(CancellationToken cancellationToken)
    {
        for (var left = Patience; ; left -= Look)
        {
            try
            {
                if (OperatingSystem.IsWindows())
                    Directory.CreateDirectory(_folder);
                else
                    Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                return Open(Path.Combine(_folder, ".lock"), FileMode.OpenOrCreate);
            }
            catch (Exception failure) when (failure is UnauthorizedAccessException || (failure is IOException && left <= TimeSpan.Zero))
            {
                throw Unavailable(failure);
            }
            catch (IOException)
            {
                await Task.Delay(Look, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(failure);
        }
    }

    private static ApprovalsUnavailableException Unavailable(Exception failure) => new($"The held calls cannot be reached: {failure.Message}", failure);
}
