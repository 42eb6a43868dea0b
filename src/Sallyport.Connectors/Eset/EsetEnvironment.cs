using Sallyport.Core.Settings;

namespace Sallyport.Connectors.Eset;

/// <summary>Reads the reference server's ESET_* variables as they are.</summary>
internal static class EsetEnvironment
{
    private const string Tenant = "tenants.default.eset.";
    private const string Prefix = "ESET_";
    private const int ReferencePort = 8765;

    /// <summary>Values that are taken whole; in the others the reference cuts off what follows a <c>#</c>.</summary>
    private static readonly string[] Whole =
        ["ESET_USER", "ESET_PASSWORD", "ESET_ONPREM_CF_ACCESS_CLIENT_ID", "ESET_ONPREM_CF_ACCESS_CLIENT_SECRET"];

    private static readonly string[] Booleans = ["true", "1", "yes", "on", "false", "0", "no", "off"];

    /// <summary>Variables with a closed list of words, and where each word goes.</summary>
    private static readonly WordVariable[] Words =
    [
        new("ESET_MODE", "mode", ["ro", "rw"]),
        new("ESET_REGION", Tenant + "region", ["eu", "de", "us", "ca", "jpn"]),
        new("ESET_DEPLOYMENT", Tenant + "deployment", ["cloud", "onprem"]),
        new("ESET_ONPREM_VERIFY_SSL", Tenant + "verifyCertificate", Booleans, Truth),
        new("ESET_MCP_METRICS_ENABLED", "observability.metrics", Booleans, Truth),
    ];

    public static void Import(SettingsImport import)
    {
        var plain = new SettingsImport(import.Names.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name, name => Whole.Contains(name) ? import[name] ?? "" : WithoutComment(import[name] ?? ""), StringComparer.Ordinal));
        Translate(plain);
        foreach (var (path, value, variable) in plain.Settings)
            import.Set(path, value, variable);
        foreach (var warning in plain.Warnings)
            import.Warn(warning);
        foreach (var refusal in plain.Refusals)
            import.Refuse(refusal);
    }

    private static void Translate(SettingsImport import)
    {
        foreach (var word in Words)
            word.Import(import);
        import.Map("ESET_USER", Tenant + "user");
        import.Map("ESET_PASSWORD", Tenant + "password");
        import.Map("ESET_ONPREM_SERVER_URL", Tenant + "serverUrl");
        import.Map("ESET_MCP_RESPONSE_BYTES_MAX", "limits.responseBytes");
        import.MapLogLevel("ESET_LOG_LEVEL");
        import.MapLogFormat("ESET_MCP_LOG_FORMAT");
        import.MapEndpoint("ESET_MCP_TRANSPORT", "ESET_MCP_HTTP_HOST", "ESET_MCP_HTTP_PORT", ReferencePort);
        CloudflareAccess(import);
        AuthMode(import);
        if (import["ESET_MCP_METRICS_PATH"] is { } path && path != "/metrics")
            import.Warn("ESET_MCP_METRICS_PATH: metrics are always at /metrics.");
    }

    private static string WithoutComment(string value) => value.Split('#')[0].Trim();

    private static void CloudflareAccess(SettingsImport import)
    {
        const string Id = "ESET_ONPREM_CF_ACCESS_CLIENT_ID";
        const string Secret = "ESET_ONPREM_CF_ACCESS_CLIENT_SECRET";
        if (import[Id] is null != import[Secret] is null)
            import.Refuse($"{Id} and {Secret}: set both or neither.");
        import.Map(Id, Tenant + "cloudflareAccess.clientId");
        import.Map(Secret, Tenant + "cloudflareAccess.clientSecret");
    }

    private static void AuthMode(SettingsImport import)
    {
        const string Name = "ESET_AUTH_MODE";
        if (!import.Names.Contains(Name))
            return;
        var mode = import[Name]?.ToLowerInvariant();
        if (mode is not ("env" or "basic"))
            import.Refuse($"{Name}: must be env or basic.");
        if (mode != "basic")
            return;
        if (!"http".Equals(import["ESET_MCP_TRANSPORT"], StringComparison.OrdinalIgnoreCase))
            import.Refuse($"{Name}=basic needs ESET_MCP_TRANSPORT=http: only HTTP requests can bring credentials.");
        import.Set(Tenant + "requestCredentials.isOn", "true", Name);
        if (import["ESET_ONPREM_SERVER_URL"] is null)
            import.Warn($"{Name}=basic: requests can name no console until {Tenant}requestCredentials.servers lists some.");
    }

    private static string Truth(string word) => word is "true" or "1" or "yes" or "on" ? "true" : "false";

    /// <summary>One variable that takes a word of a closed list; set but empty is as wrong as any other word.</summary>
    private sealed record WordVariable(string Name, string Path, string[] Allowed, Func<string, string>? Convert = null)
    {
        public void Import(SettingsImport import)
        {
            if (!import.Names.Contains(Name))
                return;
            var word = import[Name]?.ToLowerInvariant();
            if (word is null || !Allowed.Contains(word, StringComparer.Ordinal))
                import.Refuse($"{Name}: must be one of {string.Join(", ", Allowed)}.");
            else
                import.Set(Path, Convert is null ? word : Convert(word), Name);
        }
    }
}
