using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Sallyport.Gateway.Identity;

namespace Sallyport.Hosting.Http.Pages;

/// <summary>
/// Who signed in at the page of which held call. A ticket stands in the form that the person sends back and nowhere else: there
/// is no cookie, so a request that another site causes carries nothing that proves anybody.
/// </summary>
internal sealed class Tickets(TimeProvider time)
{
    private const int Most = 1_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (Caller Person, string Approval, DateTimeOffset Expires)> _open = new(StringComparer.Ordinal);

    public string Give(Caller person, string approval)
    {
        var now = time.GetUtcNow();
        foreach (var (old, ticket) in _open)
        {
            if (ticket.Expires <= now || _open.Count >= Most)
                _open.TryRemove(old, out _);
        }

        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _open[KeyOf(secret)] = (person, approval, now + Lifetime);
        return secret;
    }

    /// <summary>The person whose ticket it is; null when it is none, is for another call, is used or too old. It is used up either way.</summary>
    public Caller? Take(string secret, string approval)
        => _open.TryRemove(KeyOf(secret), out var ticket) && ticket.Approval == approval && time.GetUtcNow() < ticket.Expires ? ticket.Person : null;

    /// <summary>Looked up by digest, so that the time a look-up takes says nothing about the tickets there are.</summary>
    private static string KeyOf(string secret) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret)));
}
