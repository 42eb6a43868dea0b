using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Sallyport.Configuration.Loading;
using Sallyport.Configuration.Sections;
using Sallyport.Core.Schemas;

namespace Sallyport.Configuration.Checks;

/// <summary>Callers must be told apart: by name, by token, and each with a role that exists.</summary>
internal static partial class CallerChecks
{
    private const int ShortToken = 16;

    public static readonly string[] BuiltInRoles = ["reader", "scanner", "writer", "approver", "admin"];

    internal static bool IsName(string text) => Name().IsMatch(text);

    internal static bool IsReserved(string name) => name is "open-access" or "cli";

    public static IEnumerable<SchemaError> Of(SallyportSettings settings, List<string> warnings)
    {
        var roles = BuiltInRoles.Concat(settings.Roles.Keys).ToList();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var tokens = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var proofs = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < settings.Callers.Count; i++)
        {
            var path = SettingsPath.Item("callers", i);
            var caller = settings.Callers[i];
            if (!IsName(caller.Name))
                yield return new SchemaError($"{path}.name", "must be 1 to 64 letters, digits, dots, dashes, underscores and @");
            if (IsReserved(caller.Name))
                yield return new SchemaError($"{path}.name", "is what the gate calls callers without proof; choose another");
            if (!names.Add(caller.Name))
                yield return new SchemaError($"{path}.name", "is another caller's name too");
            if (Token(caller, path, tokens, warnings) is { } wrong)
                yield return wrong;
            foreach (var error in OtherProof(caller, path, proofs, settings.Http))
                yield return error;
            foreach (var error in Grants(caller.Role, caller.Tenants, path, roles, settings))
                yield return error;
        }

        foreach (var error in Grants(settings.Stdio.Role, settings.Stdio.Tenants, "stdio", roles, settings))
            yield return error;
    }

    /// <summary>Only the digest of a token is compared, so a token and its digest are recognised as the same.</summary>
    private static SchemaError? Token(CallerSettings caller, string path, HashSet<string> seen, List<string> warnings)
    {
        if (caller.Token is not null && caller.TokenSha256 is not null)
            return new SchemaError(path, "must have either token or tokenSha256");
        if (caller is { Token: null, TokenSha256: null })
            return caller is { Certificate: null, Forwarded: null } ? new SchemaError(path, "must have either token or tokenSha256, or certificate, or forwarded; without proof anyone could be this caller") : null;
        if (caller.Token is { IsEmpty: true })
            return new SchemaError($"{path}.token", "must not be empty");
        if (caller.Token is { } token && token.Reveal().Length < ShortToken)
            warnings.Add($"{path}.token is shorter than {ShortToken} characters and could be guessed.");
        var digest = caller.TokenSha256 ?? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(caller.Token!.Reveal())));
        return seen.Add(digest) ? null : new SchemaError(path, "has the same token as another caller, so the two could not be told apart");
    }

    /// <summary>A certificate or a proxy's word is one caller's only, and only where somebody checks it.</summary>
    private static IEnumerable<SchemaError> OtherProof(CallerSettings caller, string path, HashSet<string> seen, HttpSettings http)
    {
        if (caller.Certificate is { } certificate && http.Tls?.ClientCa is null)
            yield return new SchemaError($"{path}.certificate", "needs http.tls.clientCa, the authority that client certificates come from");
        if (caller.Forwarded is not null && http.IdentityHeader is null)
            yield return new SchemaError($"{path}.forwarded", "needs http.identityHeader, the header that it is read from");
        if ((caller.Certificate is { } own && !seen.Add($"certificate {own}")) || (caller.Forwarded is { } word && !seen.Add($"forwarded {word}")))
            yield return new SchemaError(path, "has the same proof as another caller, so the two could not be told apart");
    }

    private static IEnumerable<SchemaError> Grants(
        string role, IReadOnlyList<string>? tenants, string path, List<string> roles, SallyportSettings settings)
    {
        if (!roles.Contains(role))
            yield return new SchemaError($"{path}.role", $"names a role that {Suggestion.For(role, roles)}");
        foreach (var tenant in tenants ?? [])
        {
            if (tenant != "*" && !settings.Tenants.ContainsKey(tenant))
                yield return new SchemaError($"{path}.tenants", $"names a tenant that {Suggestion.For(tenant, settings.Tenants.Keys)}");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.@-]{1,64}\z")]
    private static partial Regex Name();
}
