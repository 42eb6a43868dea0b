using Sallyport.Core;

namespace Sallyport.Gateway.Identity.OAuth;

/// <summary>
/// The OAuth server's current keys. They are fetched again when they are old or when a token names one that is not
/// among them, but never more often than every few seconds, whatever tokens strangers make up.
/// </summary>
/// <param name="fetch">Gets the keys the server has now.</param>
public sealed class SigningKeys(Func<CancellationToken, Task<IReadOnlyList<SigningKey>>> fetch, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Old = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TooOld = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenFetches = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1);
    private volatile Held? _held;
    private long? _asked;

    /// <summary>Why the keys could not be had the last time they were fetched; null when they could.</summary>
    public string? Problem { get; private set; }

    /// <summary>The keys that a token may have been signed with; null when the server's keys cannot be had.</summary>
    /// <param name="id">The key that the token names; null when it names none.</param>
    public async Task<IReadOnlyList<SigningKey>?> FindAsync(string? id, CancellationToken cancellationToken)
    {
        var seen = _held;
        var found = Matches(seen, id);
        if (found is { Count: > 0 } && time.GetElapsedTime(seen!.Since) < Old)
            return found;
        // Who has a key that will still do does not wait for somebody else's fetch.
        if (await _turn.WaitAsync(found is { Count: > 0 } ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, cancellationToken))
        {
            try
            {
                if (ReferenceEquals(seen, _held) && (_asked is not { } asked || time.GetElapsedTime(asked) >= BetweenFetches))
                    await FetchAsync();
            }
            finally
            {
                _turn.Release();
            }
        }

        return Matches(_held, id);
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Serves every caller that waits, so no single caller may cancel it; the request has a timeout of its own.</summary>
    private async Task FetchAsync()
    {
        _asked = time.GetTimestamp();
        try
        {
            _held = new Held(await fetch(CancellationToken.None), time.GetTimestamp());
            Problem = null;
        }
        catch (UpstreamException exception)
        {
            // What is held still does, until it is too old.
            Problem = exception.Message;
        }
    }

    private List<SigningKey>? Matches(Held? held, string? id) => held is null || time.GetElapsedTime(held.Since) >= TooOld
        ? null
        : [.. held.Keys.Where(key => id is null || key.Id == id)];

    private sealed record Held(IReadOnlyList<SigningKey> Keys, long Since);
}
