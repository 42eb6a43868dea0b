using System.Security.Cryptography;
using System.Text;
using Sallyport.Core;

namespace Sallyport.Connectors.Eset.Access;

/// <summary>Remembers refused passwords for a while, so that no agent can lock an account out by trying again.</summary>
internal sealed class SignInGuard(TimeProvider time)
{
    /// <summary>How long a refused password is not sent again, and wrong tries are counted.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    /// <summary>Different wrong passwords for one account before no more are tried.</summary>
    private const int MaxTries = 3;
    private const int MaxAccounts = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Tries> _accounts = new(StringComparer.Ordinal);

    /// <param name="account">User and place, not secret.</param>
    public void ThrowIfRefused(string account, Secret password)
    {
        lock (_lock)
        {
            if (!_accounts.TryGetValue(account, out var tries) || tries.Until <= time.GetUtcNow())
                return;
            if (tries.Digests.Count < MaxTries && !tries.Digests.Contains(Digest(password)))
                return;
            throw new UpstreamException(UpstreamFailure.Auth, "ESET refused this sign-in a moment ago, so it is not tried again yet: more tries could lock the account.")
            {
                RetryAfter = tries.Until - time.GetUtcNow(),
                Hint = "Correct the user name or password.",
            };
        }
    }

    public void Refused(string account, Secret password)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_accounts.Count >= MaxAccounts)
                Forget(now);
            if (!_accounts.TryGetValue(account, out var tries) || tries.Until <= now)
                _accounts[account] = tries = new Tries([], default);
            tries.Digests.Add(Digest(password));
            _accounts[account] = tries with { Until = now + Memory };
        }
    }

    public void Accepted(string account)
    {
        lock (_lock)
            _accounts.Remove(account);
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var past in _accounts.Where(pair => pair.Value.Until <= now).Select(pair => pair.Key).ToList())
            _accounts.Remove(past);
        if (_accounts.Count >= MaxAccounts)
            _accounts.Remove(_accounts.MinBy(pair => pair.Value.Until).Key);
    }

    private static string Digest(Secret password) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(password.Reveal())));

    private sealed record Tries(HashSet<string> Digests, DateTimeOffset Until);
}
