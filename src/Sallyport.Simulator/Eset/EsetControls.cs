using System.Collections.Concurrent;

namespace Sallyport.Simulator.Eset;

/// <summary>What a test can turn on the ESET simulator besides faults.</summary>
public sealed class EsetControls
{
    private readonly Lock _lock = new();
    private readonly List<Background> _background = [];

    internal EsetControls(string password) => Accounts[User] = Password = password;

    public string User { get; } = "range@contoso.example";

    public string Password { get; }

    /// <summary>Every API user with its password; each sees the devices as owned by itself.</summary>
    public ConcurrentDictionary<string, string> Accounts { get; } = new(StringComparer.Ordinal);

    /// <summary>How long tokens are good that are given out from now on.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Refuses every refresh token, as after a change of the password.</summary>
    public bool RefusesRefresh { get; set; }

    /// <summary>The service token without which the console's access proxy shows its own sign-in page; null for no proxy.</summary>
    public (string ClientId, string ClientSecret)? AccessProxy { get; set; }

    /// <summary>The bytes of a download of quarantined objects; a small ZIP when nothing is said.</summary>
    public byte[]? Archive { get; set; }

    /// <summary>The next requests to a path are answered in the background: 202, and so many times 202 again.</summary>
    public void Prepare(string pathPrefix, int polls, int times = 1)
    {
        lock (_lock)
            _background.Add(new Background(pathPrefix, polls, times));
    }

    /// <summary>How many polls the request has before it, or null when it is answered at once.</summary>
    internal int? TakeBackground(string path)
    {
        lock (_lock)
        {
            var found = _background.FindIndex(background => path.StartsWith(background.PathPrefix, StringComparison.Ordinal));
            if (found < 0)
                return null;
            var (prefix, polls, times) = _background[found];
            if (times == 1)
                _background.RemoveAt(found);
            else
                _background[found] = new Background(prefix, polls, times - 1);
            return polls;
        }
    }

    private sealed record Background(string PathPrefix, int Polls, int Times);
}
