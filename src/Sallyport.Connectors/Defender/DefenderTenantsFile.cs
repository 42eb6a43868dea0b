using System.Text.Json;
using System.Text.RegularExpressions;
using Sallyport.Core;
using Sallyport.Core.Settings;

namespace Sallyport.Connectors.Defender;

/// <summary>The reference server's file of tenants. Every rule broken stops the start; no value of it is ever quoted but a tenant's key.</summary>
internal sealed partial record DefenderTenantsFile(string Default, IReadOnlyDictionary<string, DefenderTenantEntry> Entries)
{
    private const int MaxDepth = 8;

    private static readonly string[] Members = ["tenant_id", "client_id", "cert_path", "cert_passphrase", "cert_passphrase_env"];

    /// <summary>Null when it was refused; <paramref name="import"/> says why.</summary>
    public static DefenderTenantsFile? TryRead(string path, SettingsImport import)
    {
        if (PrivateFile.TryRead(path, out var problem) is not { } file)
        {
            import.Refuse($"{DefenderImport.TenantsFileVariable}: {problem}.");
            return null;
        }

        if (file.Exposure is { } exposure)
        {
            import.Refuse($"{DefenderImport.TenantsFileVariable}: {exposure}.");
            return null;
        }

        if (file.Mode is null)
            import.Warn($"{DefenderImport.TenantsFileVariable}: this system does not say who else may read the file.");
        try
        {
            using var document = JsonDocument.Parse(file.Text, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = MaxDepth });
            return Read(path, document.RootElement, import);
        }
        catch (JsonException)
        {
            // The exception's text may quote the file.
            import.Refuse($"{path} is not JSON, or names a member twice.");
            return null;
        }
    }

    private static DefenderTenantsFile? Read(string path, JsonElement root, SettingsImport import)
    {
        if (root.Member("tenants") is not { ValueKind: JsonValueKind.Object } tenants || !tenants.EnumerateObject().Any())
        {
            import.Refuse($"{path} must be an object with 'tenants', an object with at least one tenant.");
            return null;
        }

        Warn(path, root, ["default", "tenants"], import);
        var entries = new SortedDictionary<string, DefenderTenantEntry>(StringComparer.Ordinal);
        foreach (var tenant in tenants.EnumerateObject())
        {
            if (!Key().IsMatch(tenant.Name))
                import.Refuse($"{path}: a tenant's key must be 1 to 64 letters, digits, underscores or hyphens.");
            else if (entries.Keys.Any(known => known.Equals(tenant.Name, StringComparison.OrdinalIgnoreCase)))
                import.Refuse($"{path}: two tenants are called '{tenant.Name}' but for the case of letters.");
            else if (Entry($"{path}: tenant '{tenant.Name}'", tenant.Value, import) is { } entry)
                entries.Add(tenant.Name, entry);
        }

        if (root.Member("default") is { ValueKind: JsonValueKind.String } chosen && tenants.TryGetProperty(chosen.GetString()!, out _))
            return import.Refusals.Count > 0 ? null : new DefenderTenantsFile(chosen.GetString()!, entries);
        import.Refuse($"{path}: 'default' must be the key of one of the tenants.");
        return null;
    }

    private static DefenderTenantEntry? Entry(string where, JsonElement tenant, SettingsImport import)
    {
        Warn(where, tenant, Members, import);
        var missing = Members.Take(3).Where(name => string.IsNullOrWhiteSpace(Text(tenant, name))).ToList();
        if (missing.Count > 0)
        {
            import.Refuse($"{where} needs {string.Join(", ", missing)} as text that is not blank.");
            return null;
        }

        var (inline, variable) = (Text(tenant, "cert_passphrase"), Text(tenant, "cert_passphrase_env")?.Trim());
        if (!string.IsNullOrEmpty(inline) && !string.IsNullOrEmpty(variable))
        {
            import.Refuse($"{where} has both cert_passphrase and cert_passphrase_env; keep the second.");
            return null;
        }

        if (!string.IsNullOrEmpty(inline))
            import.Warn($"{where} has its passphrase in the file (tenants-config-inline-passphrase); name a variable in cert_passphrase_env instead.");
        else if (!string.IsNullOrEmpty(variable) && (inline = import[variable]) is null)
        {
            import.Refuse($"{where} takes its passphrase from {variable}, which is not set.");
            return null;
        }

        return new DefenderTenantEntry(
            Text(tenant, "tenant_id")!.Trim(), Text(tenant, "client_id")!.Trim(), Text(tenant, "cert_path")!.Trim(), string.IsNullOrEmpty(inline) ? null : new Secret(inline));
    }

    private static string? Text(JsonElement tenant, string name) => tenant.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static void Warn(string where, JsonElement element, string[] known, SettingsImport import)
    {
        if (element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Any(member => Array.IndexOf(known, member.Name) < 0))
            import.Warn($"{where} has members that are not known; they are ignored.");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Key();
}

/// <summary>One tenant of the file.</summary>
internal sealed record DefenderTenantEntry(string TenantId, string ClientId, string CertificatePath, Secret? Passphrase);
