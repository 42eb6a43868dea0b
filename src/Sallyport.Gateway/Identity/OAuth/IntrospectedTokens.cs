using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Gateway.Identity.OAuth;

/// <summary>Asks the OAuth server about each token (RFC 7662). Its word is kept for some seconds, for a bounded number of tokens.</summary>
/// <param name="http">Proves with every request that it is this gate that asks.</param>
public sealed class IntrospectedTokens(ClaimRules claims, UpstreamHttp http, Uri endpoint, TimeProvider time) : ITokenCheck
{
    private const int MostKept = 10_000;

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, (JsonElement? Claims, long Since)> _answers = new(StringComparer.Ordinal);

    public async Task<TokenVerdict> CheckAsync(string token, CancellationToken cancellationToken)
    {
        // By digest: the tokens themselves are nobody's business, not even in a dump of this process.
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (!_answers.TryGetValue(key, out var answer) || time.GetElapsedTime(answer.Since) >= Kept)
        {
            try
            {
                answer = (await AskAsync(token, cancellationToken), time.GetTimestamp());
            }
            catch (UpstreamException exception)
            {
                return new TokenVerdict.Unavailable(exception.Message);
            }

            Keep(key, answer);
        }

        // Judged each time: a token may end while the answer about it is kept.
        return answer.Claims is { } said ? claims.Judge(said, isSigned: false) : new TokenVerdict.Invalid("is not known to the sign-in server");
    }

    /// <summary>The claims of a token that is good; null for any other.</summary>
    private async Task<JsonElement?> AskAsync(string token, CancellationToken cancellationToken)
    {
        var request = new UpstreamRequest(HttpMethod.Post, endpoint)
        {
            Retry = UpstreamRetry.Reads,
            Body = () => new FormUrlEncodedContent([new("token", token), new("token_type_hint", "access_token")]),
        };
        await using var response = await http.SendAsync(request, cancellationToken);
        response.ThrowIfFailed();
        var answer = await response.ReadAsync(OAuthJson.Default.JsonElement, cancellationToken);
        return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("active", out var active) && active.ValueKind == JsonValueKind.True ? answer : null;
    }

    private void Keep(string key, (JsonElement?, long) answer)
    {
        if (_answers.Count >= MostKept)
        {
            foreach (var (old, _) in _answers.Where(pair => time.GetElapsedTime(pair.Value.Since) >= Kept))
                _answers.TryRemove(old, out _);
        }

        if (_answers.Count < MostKept)
            _answers[key] = answer;
    }
}
