using System.Text.Json;

namespace Sallyport.Gateway.Identity.OAuth;

/// <summary>Turns the claims of a genuine token into the caller it stands for. What is missing refuses.</summary>
/// <param name="isRole">Whether there is such a role.</param>
/// <param name="isTenant">Whether there is such a tenant.</param>
public sealed class ClaimRules(OAuthRules rules, Func<string, bool> isRole, Func<string, bool> isTenant, TimeProvider time)
{
    private const int LongestSubject = 128;
    private const double LastSecond = 253_402_300_799;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    public OAuthRules Rules => rules;

    /// <param name="isSigned">A signed token must say who issued it and when it ends; an OAuth server that is asked has checked that itself.</param>
    public TokenVerdict Judge(JsonElement claims, bool isSigned)
    {
        if (claims.ValueKind != JsonValueKind.Object)
            return new TokenVerdict.Invalid("has no claims");
        if (claims.TryGetProperty("iss", out var issuer) ? !IsText(issuer, rules.Issuer) : isSigned)
            return new TokenVerdict.Invalid("is from another issuer");
        if (!Values(Find(claims, "aud")).Contains(rules.Audience, StringComparer.Ordinal))
            return new TokenVerdict.Invalid("is for another audience");
        if (WrongTime(claims, isSigned) is { } wrong)
            return new TokenVerdict.Invalid(wrong);
        // A token that is bound to a key is worth nothing without proof of that key, which is not asked for here.
        if (claims.TryGetProperty("cnf", out _))
            return new TokenVerdict.Invalid("is bound to a key");
        if (SubjectOf(claims) is not { } subject)
            return new TokenVerdict.Invalid("names nobody");
        var scopes = Words(Find(claims, "scope")).Concat(Words(Find(claims, "scp"))).ToHashSet(StringComparer.Ordinal);
        if (!rules.Scopes.All(scopes.Contains))
            return new TokenVerdict.Lacking("lacks a scope");
        if (RoleOf(claims) is not { } role)
            return new TokenVerdict.Lacking("names no role, or several of which none comes first");
        return TenantsOf(claims) is { Count: > 0 } tenants
            ? new TokenVerdict.Accepted(new Caller(subject, role, tenants, "oauth"))
            : new TokenVerdict.Lacking("names no tenant");
    }

    private string? WrongTime(JsonElement claims, bool mustEnd)
    {
        var now = time.GetUtcNow();
        if (!TryTime(claims, "exp", out var ends) || !TryTime(claims, "nbf", out var begins) || !TryTime(claims, "iat", out var issued))
            return "has a time that is none";
        if (ends is null && mustEnd)
            return "never ends";
        if (now >= ends + Skew)
            return "has ended";
        return now + Skew < begins || now + Skew < issued ? "is not valid yet" : null;
    }

    /// <summary>
    /// The person; where there is none, the program that has the token for itself. The prefixes keep both apart from each other
    /// and from callers of the settings that happen to have the same name.
    /// </summary>
    private static string? SubjectOf(JsonElement claims)
    {
        var (prefix, claim) = claims.TryGetProperty("sub", out var subject) ? ("oauth:", subject)
            : claims.TryGetProperty("client_id", out var client) ? ("oauth-client:", client) : default;
        return claim.ValueKind == JsonValueKind.String && claim.GetString() is { Length: > 0 and <= LongestSubject } name && name.All(IsPrintable) ? prefix + name : null;
    }

    private string? RoleOf(JsonElement claims)
    {
        var claim = Find(claims, rules.RoleClaim);
        var values = (rules.RoleClaim is "scope" or "scp" ? Words(claim) : Values(claim)).ToHashSet(StringComparer.Ordinal);
        if (rules.Roles.Count > 0)
            return rules.Roles.FirstOrDefault(role => values.Contains(role.Value)).Role;
        return values.Where(isRole).Take(2).ToList() is [var only] ? only : null;
    }

    private List<string> TenantsOf(JsonElement claims) => rules.TenantsClaim is { } claim
        ? [.. Values(Find(claims, claim)).Where(isTenant).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
        : [Tenancy.TenantDirectory.All];

    private static JsonElement? Find(JsonElement claims, string name)
    {
        if (claims.ValueKind != JsonValueKind.Object)
            return null;
        if (claims.TryGetProperty(name, out var claim))
            return claim;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && claims.TryGetProperty(name[..dot], out var inner) ? Find(inner, name[(dot + 1)..]) : null;
    }

    private static bool IsText(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.GetString() == text;

    private static IEnumerable<string> Values(JsonElement? claim) => claim switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } many => many.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
        _ => [],
    };

    private static IEnumerable<string> Words(JsonElement? claim)
        => Values(claim).SelectMany(value => value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static bool IsPrintable(char c) => c is > ' ' and <= '~';

    /// <summary>False when the claim is there and is not a time.</summary>
    private static bool TryTime(JsonElement claims, string name, out DateTimeOffset? value)
    {
        value = null;
        if (!claims.TryGetProperty(name, out var claim))
            return true;
        if (claim.ValueKind != JsonValueKind.Number || !claim.TryGetDouble(out var seconds) || seconds is not (>= 0 and <= LastSecond))
            return false;
        value = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return true;
    }
}
