using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sallyport.Configuration.Sections;

namespace Sallyport.Configuration.Loading;

/// <summary>
/// The settings section by section. What the serializer must learn about a type takes longer than reading it, and a client waits
/// meanwhile, so it learns only those in which something is written.
/// </summary>
internal static class SettingsSections
{
    /// <summary>Everything but the tenants.</summary>
    public static SallyportSettings Read(JsonElement root)
    {
        var settings = new SallyportSettings(
            Section(root, "http", static () => SettingsJson.Default.HttpSettings, static () => new()),
            Section(root, "stdio", static () => SettingsJson.Default.StdioSettings, static () => new()),
            Section(root, "callers", static () => SettingsJson.Default.IReadOnlyListCallerSettings, static () => []),
            Section(root, "roles", static () => SettingsJson.Default.IReadOnlyDictionaryStringRoleSettings, static () => new Dictionary<string, RoleSettings>()),
            Section(root, "approvals", static () => SettingsJson.Default.ApprovalSettings, static () => new()),
            Section(root, "limits", static () => SettingsJson.Default.LimitSettings, static () => new()),
            Section(root, "untrusted", static () => SettingsJson.Default.UntrustedSettings, static () => new()),
            Section(root, "audit", static () => SettingsJson.Default.AuditSettings, static () => new()),
            Section(root, "state", static () => SettingsJson.Default.StateSettings, static () => new()),
            Section(root, "observability", static () => SettingsJson.Default.ObservabilitySettings, static () => new()),
            Section(root, "health", static () => SettingsJson.Default.HealthSettings, static () => new()),
            Section(root, "circuitBreaker", static () => SettingsJson.Default.CircuitBreakerSettings, static () => new()),
            Section(root, "tools", static () => SettingsJson.Default.ToolSettings, static () => new()),
            Section(root, "toolsets", static () => SettingsJson.Default.ToolsetSettings, static () => new()),
            new Dictionary<string, TenantSettings>());
        return settings with
        {
            Oauth = Value(root, "oauth", static () => SettingsJson.Default.OAuthSettings, settings.Oauth),
            Mode = Value(root, "mode", static () => SettingsJson.Default.AccessMode, settings.Mode),
            Catalog = Value(root, "catalog", static () => SettingsJson.Default.CatalogKind, settings.Catalog),
            ToolNames = Value(root, "toolNames", static () => SettingsJson.Default.ToolNames, settings.ToolNames),
            Transport = Value(root, "transport", static () => SettingsJson.Default.TransportKind, settings.Transport),
            DefaultTenant = Value(root, "defaultTenant", static () => SettingsJson.Default.String, settings.DefaultTenant),
            AllowLoopbackUpstream = Value(root, "allowLoopbackUpstream", static () => SettingsJson.Default.Boolean, settings.AllowLoopbackUpstream),
        };
    }

    /// <summary>What a tenant's section says besides its platforms.</summary>
    public static TenantSettings Tenant(JsonElement tenant)
        => new(Value(tenant, "mode", static () => SettingsJson.Default.NullableAccessMode, null));

    private static T Section<T>(JsonElement root, string name, Func<JsonTypeInfo<T>> type, Func<T> empty)
    {
        var section = root.GetProperty(name);
        return JsonMarshal.GetRawUtf8Value(section).Length == "{}".Length ? empty() : section.Deserialize(type())!;
    }

    private static T Value<T>(JsonElement map, string name, Func<JsonTypeInfo<T>> type, T unset)
        => map.TryGetProperty(name, out var value) ? value.Deserialize(type())! : unset;
}
