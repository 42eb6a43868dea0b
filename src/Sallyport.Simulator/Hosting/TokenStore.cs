using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.World;

namespace Sallyport.Simulator.Hosting;

/// <summary>What a platform says about a token that was presented.</summary>
public enum TokenStanding
{
    Missing, Unknown, Expired, Revoked, Good,
}

/// <summary>A token that a platform gave out.</summary>
/// <param name="Id">Short name for journals and tests: t1.</param>
/// <param name="Subject">What it is good for, in the platform's own terms.</param>
/// <param name="Expires">Null for a key that lasts.</param>
public sealed record IssuedToken(string Id, string Value, string Subject, DateTimeOffset? Expires);

/// <summary>The tokens of one platform: given out, running out by the company's clock, and taken back.</summary>
public sealed class TokenStore
{
    private const int MostTokens = 20_000;

    private readonly ConcurrentDictionary<string, IssuedToken> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _revoked = new(StringComparer.Ordinal);
    private readonly int _seed;
    private readonly TimeProvider _time;
    private int _issued;

    internal TokenStore(int seed, TimeProvider time) => (_seed, _time) = (seed, time);

    /// <summary>How many were given out.</summary>
    public int Issued => Volatile.Read(ref _issued);

    /// <summary>Takes every token back; keys that last stay good.</summary>
    public void RevokeAll()
    {
        foreach (var token in _tokens.Values.Where(static token => token.Expires is not null))
            Revoke(token.Value);
    }

    public void Revoke(string value) => _revoked[value] = true;

    public TokenStanding Check(string? value) => Check(value, out _);

    internal TokenStanding Check(string? value, out IssuedToken? token)
    {
        token = null;
        if (string.IsNullOrEmpty(value))
            return TokenStanding.Missing;
        if (!_tokens.TryGetValue(value, out token))
            return TokenStanding.Unknown;
        if (_revoked.ContainsKey(value))
            return TokenStanding.Revoked;
        return token.Expires <= _time.GetUtcNow() ? TokenStanding.Expired : TokenStanding.Good;
    }

    internal IssuedToken Issue(string subject, TimeSpan lifetime)
    {
        if (_tokens.Count >= MostTokens)
            DropExpired();
        var number = Interlocked.Increment(ref _issued);
        var value = $"sim.{new Dice(_seed, Purpose.Token, number).Hex(48)}.{number}";
        return _tokens[value] = new($"t{number}", value, subject, _time.GetUtcNow() + lifetime);
    }

    /// <summary>Makes a key good that lasts and was not given out here.</summary>
    internal void Register(string id, string value, string subject) => _tokens[value] = new(id, value, subject, null);

    /// <summary>The word after the scheme in the Authorization header.</summary>
    internal static string? Presented(HttpRequest request)
        => AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) ? header.Parameter : null;

    internal string? IdOf(HttpRequest request) => Presented(request) is not { } value ? null : _tokens.TryGetValue(value, out var token) ? token.Id : "unknown";

    private void DropExpired()
    {
        var now = _time.GetUtcNow();
        foreach (var token in _tokens.Values.Where(token => token.Expires <= now || _revoked.ContainsKey(token.Value)))
        {
            _tokens.TryRemove(token.Value, out _);
            _revoked.TryRemove(token.Value, out _);
        }
    }
}
