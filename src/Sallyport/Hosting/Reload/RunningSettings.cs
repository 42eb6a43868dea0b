using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Core;

namespace Sallyport.Hosting.Reload;

/// <summary>Says which settings take effect while the gate runs, and makes the settings that hold out of those that were read.</summary>
internal static class RunningSettings
{
    /// <summary>What the program builds on once, at its start.</summary>
    private static readonly string[] FixedAtStart = ["http", "stdio", "oauth", "audit", "state", "observability", "transport", "allowLoopbackUpstream"];

    /// <summary>Within those sections, what is asked for anew each time.</summary>
    private static readonly string[] Live = ["observability.logLevel", "observability.logFormat"];

    /// <summary>The new settings, with what cannot change while the gate runs as it was.</summary>
    /// <param name="started">What the program started with.</param>
    /// <param name="running">What holds now.</param>
    /// <param name="kept">Told the paths of platform settings that stay as they were.</param>
    public static SallyportSettings Of(SallyportSettings started, SallyportSettings running, SallyportSettings read, IReadOnlyList<IConnector> connectors, Action<string> kept) => read with
    {
        Http = started.Http,
        Stdio = started.Stdio,
        Oauth = started.Oauth,
        Audit = started.Audit,
        State = started.State,
        Observability = started.Observability with { LogLevel = read.Observability.LogLevel, LogFormat = read.Observability.LogFormat },
        Transport = started.Transport,
        AllowLoopbackUpstream = started.AllowLoopbackUpstream,
        Tenants = read.Tenants.ToDictionary(
            tenant => tenant.Key, tenant => running.Tenants.TryGetValue(tenant.Key, out var before) ? Tenant(tenant.Key, before, tenant.Value, connectors, kept) : tenant.Value),
    };

    /// <summary>Settings with another value than before, among them secrets, by path.</summary>
    public static IReadOnlyList<string> Changed(SettingsView before, SettingsView after)
    {
        var was = before.Settings.ToDictionary(setting => setting.Path, setting => setting.Fingerprint, StringComparer.Ordinal);
        var changed = after.Settings.Where(setting => !was.Remove(setting.Path, out var old) || old != setting.Fingerprint).Select(setting => setting.Path).ToList();
        return [.. changed.Concat(was.Keys).Order(StringComparer.Ordinal)];
    }

    public static bool NeedsRestart(string path) => !Live.Contains(path) && FixedAtStart.Any(section => path.StartsWith(section, StringComparison.Ordinal) && (path.Length == section.Length || path[section.Length] is '.' or '['));

    /// <summary>A tenant that did not change keeps its very settings, by which its clients are known.</summary>
    private static TenantSettings Tenant(string id, TenantSettings before, TenantSettings read, IReadOnlyList<IConnector> connectors, Action<string> kept)
    {
        if (before.Fingerprint == read.Fingerprint)
            return read with { Connectors = before.Connectors };
        var own = read.Connectors.ToDictionary();
        var isKept = false;
        foreach (var connector in connectors.Where(connector => own.ContainsKey(connector.Id) && before.Connectors.ContainsKey(connector.Id)))
        {
            own[connector.Id] = connector.UntilRestart(before.Connectors[connector.Id], own[connector.Id], setting =>
            {
                kept($"tenants.{id}.{connector.Id}.{setting}");
                isKept = true;
            });
        }

        // Not the new section's mark, so that the next reading looks at it again.
        return isKept ? read with { Connectors = own, Fingerprint = null } : read;
    }
}
