using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core.Settings;

namespace Sallyport.Connectors.Vectra;

/// <summary>Reads the variables of the reference server for Vectra, and refuses those that would weaken security.</summary>
internal static class VectraImport
{
    private const string Section = "tenants.default.vectra.";

    public static void Import(SettingsImport import)
    {
        import.Map("VECTRA_BASE_URL", Section + "baseUrl", static text => text.Trim());
        import.Map("VECTRA_CLIENT_ID", Section + "clientId", static text => text.Trim());
        import.Map("VECTRA_CLIENT_SECRET", Section + "clientSecret");
        import.Map("VECTRA_API_VERSION", Section + "apiVersion", static text => text.Trim());
        import.Map("VECTRA_OAUTH_TOKEN_URL", Section + "tokenUrl", static text => text.Trim());
        import.Map("VECTRA_REQUEST_TIMEOUT", Section + "requestTimeout");
        import.Map("VECTRA_RATE_LIMIT_REQUESTS", Section + "rateLimitRequests");
        import.Map("VECTRA_RATE_LIMIT_PERIOD", Section + "rateLimitPeriod");
        import.Map("VECTRA_CACHE_TTL", Section + "userCacheSeconds");
        import.Map("VECTRA_MAX_ITEMS", Section + "maxItems");
        import.Map("VECTRA_PCAP_MAX_BYTES", Section + "pcapMaxBytes");
        import.Map("VECTRA_LOG_FILE", "observability.logFile");
        import.MapEndpoint("VECTRA_MCP_TRANSPORT", "VECTRA_MCP_HOST", "VECTRA_MCP_PORT", 8000);
        Switches(import);
        Hosts(import);
        SecretFile(import);
    }

    private static void Switches(SettingsImport import)
    {
        if (IsTrue(import["VECTRA_MCP_DEBUG"]))
            import.Set("observability.logLevel", "debug", "VECTRA_MCP_DEBUG");
        if (IsTrue(import["VECTRA_READ_ONLY"]))
            import.Set("tenants.default.mode", "ro", "VECTRA_READ_ONLY");
        else if (import["VECTRA_READ_ONLY"] is not null)
            import.Warn("VECTRA_READ_ONLY=false does not allow changes by itself; set mode: rw (SALLYPORT_MODE) to allow them.");
    }

    private static void Hosts(SettingsImport import)
    {
        import.Map("VECTRA_ALLOWED_HOSTS", Section + "allowedHosts");
        if (import["VECTRA_BASE_URL"] is { } address && VectraOrigin.IsLoopback(address) && !IsTrue(import["SALLYPORT_ALLOW_LOOPBACK_UPSTREAM"]))
            import.Refuse("VECTRA_BASE_URL is on this machine, which is only for simulators; set SALLYPORT_ALLOW_LOOPBACK_UPSTREAM=true to allow it.");
    }

    private static void SecretFile(SettingsImport import)
    {
        const string Variable = "VECTRA_CLIENT_SECRET_FILE";
        if (import[Variable] is not { } path)
            return;
        try
        {
            const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0)
                import.Refuse($"{Variable} can be read by others; give it mode 0600.");
            else
                import.Set(Section + "clientSecret", File.ReadAllText(path).TrimEnd('\r', '\n'), Variable);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            import.Refuse($"{Variable} cannot be read.");
        }
    }

    private static bool IsTrue(string? text) => text?.Trim().ToLowerInvariant() is "true" or "1" or "yes" or "on";
}
