using System.Runtime.InteropServices;
using System.Text.Json;
using Sallyport.Configuration.Checks;
using Sallyport.Configuration.Sections;
using Sallyport.Core;
using Sallyport.Core.Schemas;

namespace Sallyport.Configuration.Loading;

/// <summary>Turns settings that fit their schema into records, and checks what a schema cannot say.</summary>
internal static class SettingsReader
{
    public static SallyportSettings? Read(
        TypedSettings typed, IReadOnlyList<IConnector> connectors, List<SettingsProblem> problems, List<string> warnings)
    {
        using var document = JsonDocument.Parse(typed.Json);
        var settings = SettingsSections.Read(document.RootElement);
        var tenants = new Dictionary<string, TenantSettings>(StringComparer.Ordinal);
        foreach (var tenant in document.RootElement.GetProperty("tenants").EnumerateObject())
        {
            tenants.Add(tenant.Name, SettingsSections.Tenant(tenant.Value) with
            {
                Connectors = Platforms(tenant.Value, SettingsPath.Member("tenants", tenant.Name), connectors, typed, problems),
                Fingerprint = SettingsView.FingerprintOf(tenant.Value.GetRawText()),
            });
        }

        settings = settings with { Tenants = tenants };
        problems.AddRange(SettingsChecks.Of(settings, warnings).Select(error => Problem(error, typed)));
        return problems.Count == 0 ? settings : null;
    }

    private static Dictionary<string, object> Platforms(
        JsonElement tenant, string path, IReadOnlyList<IConnector> connectors, TypedSettings typed, List<SettingsProblem> problems)
    {
        var platforms = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var connector in connectors)
        {
            if (!tenant.TryGetProperty(connector.Id, out var section))
                continue;
            var settings = connector.Settings.Read(JsonMarshal.GetRawUtf8Value(section).ToArray());
            platforms.Add(connector.Id, settings);
            var at = SettingsPath.Member(path, connector.Id);
            problems.AddRange(connector.Settings.Check(settings)
                .Select(error => Problem(error with { Path = error.Path.Length == 0 ? at : SettingsPath.Member(at, error.Path) }, typed)));
        }

        return platforms;
    }

    private static SettingsProblem Problem(SchemaError error, TypedSettings typed) => new(error.Path, error.Message, typed.OriginOf(error.Path));
}
