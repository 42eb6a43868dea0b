using Sallyport.Configuration.Loading;
using Sallyport.Configuration.Sections;
using Sallyport.Core.Schemas;

namespace Sallyport.Configuration.Checks;

/// <summary>Rules about approvals must be about something that exists, and an acknowledgement can never stand for one of two people.</summary>
internal static class ApprovalChecks
{
    public static IEnumerable<SchemaError> Of(SallyportSettings settings)
    {
        var approvals = settings.Approvals;
        if (approvals is { Acknowledgement: true, Approvers: > 1 })
            yield return NotOneOfSeveral("approvals.acknowledgement");
        if (approvals.Url is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"))
            yield return new SchemaError("approvals.url", "must be an http or https address");
        for (var i = 0; i < (approvals.Rules?.Count ?? 0); i++)
        {
            foreach (var error in Rule(settings, approvals.Rules![i], SettingsPath.Item("approvals.rules", i)))
                yield return error;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < (approvals.People?.Count ?? 0); i++)
        {
            var (person, path) = (approvals.People![i], SettingsPath.Item("approvals.people", i));
            if (!CallerChecks.IsName(person.Name) || CallerChecks.IsReserved(person.Name))
                yield return new SchemaError($"{path}.name", "must be 1 to 64 letters, digits, dots, dashes, underscores and @, and not open-access or cli");
            if (!names.Add(person.Name))
                yield return new SchemaError($"{path}.name", "is another person's name too");
            foreach (var error in Tenants(settings, person.Tenants, path))
                yield return error;
        }
    }

    private static IEnumerable<SchemaError> Rule(SallyportSettings settings, ApprovalRuleSettings rule, string path)
    {
        for (var i = 0; i < (rule.Tools?.Count ?? 0); i++)
        {
            if (!SettingsChecks.IsToolPattern(rule.Tools![i]) || rule.Tools[i].Contains('/', StringComparison.Ordinal))
                yield return new SchemaError($"{path}.tools[{i}]", "must be a tool name, * and ? allowed, with :read or :write behind if wanted");
        }

        var roles = CallerChecks.BuiltInRoles.Concat(settings.Roles.Keys).ToList();
        foreach (var role in (rule.Roles ?? []).Where(role => !roles.Contains(role)))
            yield return new SchemaError($"{path}.roles", $"names a role that {Suggestion.For(role, roles)}");
        foreach (var error in Tenants(settings, rule.Tenants, path))
            yield return error;
        if ((rule.Acknowledgement ?? settings.Approvals.Acknowledgement) && (rule.Approvers ?? settings.Approvals.Approvers) > 1)
            yield return NotOneOfSeveral($"{path}.acknowledgement");
    }

    private static IEnumerable<SchemaError> Tenants(SallyportSettings settings, IReadOnlyList<string>? tenants, string path)
        => (tenants ?? []).Where(tenant => !settings.Tenants.ContainsKey(tenant))
            .Select(tenant => new SchemaError($"{path}.tenants", $"names a tenant that {Suggestion.For(tenant, settings.Tenants.Keys)}"));

    private static SchemaError NotOneOfSeveral(string path)
        => new(path, "cannot be true where several people must say yes: whoever sits at the agent's client is not a second person");
}
