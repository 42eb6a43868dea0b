using Sallyport.Core.Settings;

namespace Sallyport.Connectors.Defender;

/// <summary>Reads the reference server's variables: one tenant from <c>AZURE_*</c>, or several from its tenants file.</summary>
internal static class DefenderImport
{
    public const string TenantsFileVariable = "MCP_DEFENDER_XDR_TENANTS_FILE";

    private const string TenantId = "AZURE_TENANT_ID", ClientId = "AZURE_CLIENT_ID", CertificatePath = "AZURE_CERT_PATH", Passphrase = "AZURE_CERT_PASSPHRASE",
        ApiBase = "DEFENDER_API_BASE", Authority = "AZURE_AUTHORITY_HOST", AllowLoopback = "SALLYPORT_ALLOW_LOOPBACK_UPSTREAM";

    private static readonly string[] Required = [TenantId, ClientId, CertificatePath];

    public static void Import(SettingsImport import)
    {
        if (import[TenantsFileVariable]?.Trim() is { Length: > 0 } file)
            Several(import, file);
        else if (!One(import))
            return;
        import.MapLogLevel("MCP_DEFENDER_XDR_LOG_LEVEL");
        import.Map("DEFENDER_MAX_FAN_OUT", "limits.fanOut", Trim);
        foreach (var variable in (string[])[ApiBase, Authority])
        {
            if (Uri.TryCreate(import[variable]?.Trim(), UriKind.Absolute, out var origin) && origin.IsLoopback && !IsTrue(import[AllowLoopback]))
                import.Refuse($"{variable} is on this machine, which is only for simulators; set {AllowLoopback}=true to allow it.");
        }
    }

    private static bool One(SettingsImport import)
    {
        var missing = Required.Where(name => string.IsNullOrWhiteSpace(import[name])).ToList();
        if (missing.Count == Required.Length)
            return false;
        if (missing.Count > 0)
        {
            import.Refuse($"Defender needs {string.Join(", ", missing)}, which must be set and not blank.");
            return false;
        }

        const string Path = "tenants.default.defender.";
        import.Map(TenantId, Path + "tenantId", Trim);
        import.Map(ClientId, Path + "clientId", Trim);
        import.Map(CertificatePath, Path + "certificate.path", Trim);
        import.Map(Passphrase, Path + "certificate.passphrase");
        Shared(import, "default");
        return true;
    }

    private static void Several(SettingsImport import, string file)
    {
        if (DefenderTenantsFile.TryRead(file, import) is not { } tenants)
            return;
        import.Set("defaultTenant", tenants.Default, TenantsFileVariable);
        foreach (var (key, entry) in tenants.Entries)
        {
            var path = $"tenants.{key}.defender.";
            import.Set(path + "tenantId", entry.TenantId, TenantsFileVariable);
            import.Set(path + "clientId", entry.ClientId, TenantsFileVariable);
            import.Set(path + "certificate.path", entry.CertificatePath, TenantsFileVariable);
            if (entry.Passphrase is { } passphrase)
                import.Set(path + "certificate.passphrase", passphrase.Reveal(), TenantsFileVariable);
            Shared(import, key);
        }
    }

    /// <summary>What holds for every tenant.</summary>
    private static void Shared(SettingsImport import, string tenant)
    {
        var path = $"tenants.{tenant}.defender.";
        import.Map(ApiBase, path + "apiBase", Trim);
        import.Map(Authority, path + "authorityHost", Trim);
        import.Map("DEFENDER_API_FLAVOR", path + "apiFlavor", static text => text.Trim().ToLowerInvariant());
        import.Map("DEFENDER_MAX_ROWS", path + "maxRows", Trim);
        import.Map("DEFENDER_ALLOW_EXTERNAL_DATA", path + "allowExternalData", static text => IsTrue(text) ? "true" : "false");
    }

    private static string Trim(string text) => text.Trim();

    private static bool IsTrue(string? text) => text?.Trim().ToLowerInvariant() is "true" or "1" or "yes" or "on";
}
