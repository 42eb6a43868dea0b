using System.Text.RegularExpressions;
using Sallyport.Configuration.Sections;
using Sallyport.Core.Schemas;

namespace Sallyport.Configuration.Checks;

/// <summary>What settings must agree on among themselves; each rule names the setting to change.</summary>
internal static partial class SettingsChecks
{
    public static IEnumerable<SchemaError> Of(SallyportSettings settings, List<string> warnings) =>
    [
        .. BindChecks.Of(settings, warnings),
        .. CallerChecks.Of(settings, warnings),
        .. AuditChecks.Of(settings, warnings),
        .. ApprovalChecks.Of(settings),
        .. Tenants(settings, warnings),
        .. Marking(settings, warnings),
        .. Roles(settings.Roles),
        .. OAuthChecks.Of(settings),
        .. Collector(settings.Observability.Otlp),
        .. Spans(settings),
    ];

    /// <summary>HTTPS, or a developer's plain HTTP to this machine; with no account in front of the host, where it could be taken for the host.</summary>
    internal static bool IsSecureAddress(string text, bool allowLoopback) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (allowLoopback && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static IEnumerable<SchemaError> Collector(string? otlp)
    {
        if (otlp is not null && !(Uri.TryCreate(otlp, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && address is { UserInfo: "", Query: "", Fragment: "" }))
            yield return new SchemaError("observability.otlp", "must be an http or https address without an account, query or fragment");
    }

    internal static bool IsToolPattern(string text) => ToolPattern().IsMatch(text);

    private static IEnumerable<SchemaError> Tenants(SallyportSettings settings, List<string> warnings)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, tenant) in settings.Tenants)
        {
            if (!TenantId().IsMatch(id))
                yield return new SchemaError($"tenants.{id}", "a tenant's id must be 1 to 64 letters, digits, dashes and underscores");
            if (!seen.Add(id))
                yield return new SchemaError($"tenants.{id}", "differs from another tenant's id only in capital letters");
            if (tenant.Connectors.Count == 0)
                warnings.Add($"tenants.{id} has no platform configured, so no tool works for it.");
        }

        if (settings.Tenants.Count == 0)
            warnings.Add("No tenant is configured, so there is no tool to call; add one below 'tenants'.");
        if (settings.DefaultTenant is { } chosen && !settings.Tenants.ContainsKey(chosen))
            yield return new SchemaError("defaultTenant", $"names a tenant that {Suggestion.For(chosen, settings.Tenants.Keys)}");
    }

    private static SchemaError[] Marking(SallyportSettings settings, List<string> warnings)
    {
        if (settings.Untrusted.Wrapping == Wrapping.Off)
            warnings.Add("untrusted.wrapping is off: what strangers wrote reaches the agent without a mark that it is data.");
        return [];
    }

    private static IEnumerable<SchemaError> Roles(IReadOnlyDictionary<string, RoleSettings> roles)
    {
        foreach (var (name, role) in roles)
        {
            if (CallerChecks.BuiltInRoles.Contains(name))
                yield return new SchemaError($"roles.{name}", "is a built-in role and cannot be changed; choose another name");
            foreach (var (list, patterns) in new[] { ("allow", role.Allow), ("deny", role.Deny ?? []) })
            {
                for (var i = 0; i < patterns.Count; i++)
                {
                    if (!IsToolPattern(patterns[i]))
                        yield return new SchemaError($"roles.{name}.{list}[{i}]", "must be a tool name, * and ? allowed, with a platform and / in front and :read or :write behind if wanted");
                }
            }
        }
    }

    private static IEnumerable<SchemaError> Spans(SallyportSettings settings)
    {
        (string Path, string Span, int Least, int Most)[] spans =
        [
            ("approvals.expiresAfter", settings.Approvals.ExpiresAfter, 1, 7 * 24 * 3600),
            ("http.shutdownGrace", settings.Http.ShutdownGrace, 0, 300),
            ("health.checkInterval", settings.Health.CheckInterval, 5, 300),
            ("health.timeout", settings.Health.Timeout, 1, 60),
            ("circuitBreaker.recoveryTimeout", settings.CircuitBreaker.RecoveryTimeout ?? "60s", 1, 600),
            .. (settings.CircuitBreaker.Upstreams ?? new Dictionary<string, UpstreamCircuitSettings>())
                .Select(upstream => ($"circuitBreaker.upstreams.{upstream.Key}.recoveryTimeout", upstream.Value.RecoveryTimeout ?? "60s", 1, 600)),
            ("audit.httpsFlushAfter", settings.Audit.HttpsFlushAfter, 1, 3600),
        ];
        return spans.Where(span => Duration.Parse(span.Span).TotalSeconds is var seconds && (seconds < span.Least || seconds > span.Most))
            .Select(span => new SchemaError(span.Path, $"must be from {span.Least}s to {span.Most}s"));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex TenantId();

    [GeneratedRegex(@"\A([a-z0-9*?-]+/)?[A-Za-z0-9_*?]+(:(read|write))?\z")]
    private static partial Regex ToolPattern();
}
