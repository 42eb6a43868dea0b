using Sallyport.Core.Settings;

namespace Sallyport.Connectors.Eset;

/// <summary>Reads the reference server's ESET_* variables as they are.</summary>
internal static class EsetEnvironment
{
    private const string Tenant = "tenants.default.eset.";

    /// <summary>Variables with a closed list of words, and where each word goes.</summary>
    private static readonly WordVariable[] Words =
    [
        new("ESET_MODE", "tenants.default.mode", ["ro", "rw"]),
        new("ESET_REGION", Tenant + "region", ["eu", "de", "us", "ca", "jpn"]),
        new("ESET_DEPLOYMENT", Tenant + "deployment", ["cloud", "onprem"]),
        new("ESET_MCP_LOG_FORMAT", "observability.logFormat", ["text", "json"]),
        new("ESET_LOG_LEVEL", "observability.logLevel", ["debug", "info", "warning", "error"], Level),
        new("ESET_ONPREM_VERIFY_SSL", Tenant + "verifyCertificate", Booleans, Truth),
        new("ESET_MCP_METRICS_ENABLED", "observability.metrics", Booleans, Truth),
    ];

    private static string[] Booleans => ["true", "1", "yes", "on", "false", "0", "no", "off"];

    public static void Import(SettingsImport import)
    {
        var names = import.Names.ToHashSet(StringComparer.Ordinal);
        foreach (var word in Words.Where(word => names.Contains(word.Name)))
            word.Import(import);
        import.Map("ESET_USER", Tenant + "user");
        import.Map("ESET_PASSWORD", Tenant + "password");
        import.Map("ESET_ONPREM_SERVER_URL", Tenant + "serverUrl", WithoutComment);
        import.Map("ESET_MCP_RESPONSE_BYTES_MAX", "limits.responseBytes", WithoutComment);
        Listen(import);
        CloudflareAccess(import);
        AuthMode(import, names);
        if (import["ESET_MCP_METRICS_PATH"] is { } path && WithoutComment(path) is not "/metrics")
            import.Warn("ESET_MCP_METRICS_PATH: metrics are always at /metrics.");
    }

    /// <summary>The reference cuts off what follows a <c>#</c>.</summary>
    internal static string WithoutComment(string value) => value.Split('#')[0].Trim();

    private static void Listen(SettingsImport import)
    {
        if (import["ESET_MCP_HTTP_HOST"] is null && import["ESET_MCP_HTTP_PORT"] is null)
            return;
        var port = import["ESET_MCP_HTTP_PORT"] ?? "8765";
        if (!ushort.TryParse(WithoutComment(port), out var number))
            import.Refuse("ESET_MCP_HTTP_PORT: must be a port number.");
        else
            import.Set("http.listen", $"{import["ESET_MCP_HTTP_HOST"] ?? "127.0.0.1"}:{number}", "ESET_MCP_HTTP_PORT");
    }

    private static void CloudflareAccess(SettingsImport import)
    {
        const string Id = "ESET_ONPREM_CF_ACCESS_CLIENT_ID";
        const string Secret = "ESET_ONPREM_CF_ACCESS_CLIENT_SECRET";
        if (import[Id] is null != import[Secret] is null)
            import.Refuse($"{Id} and {Secret}: set both or neither.");
        import.Map(Id, Tenant + "cloudflareAccess.clientId");
        import.Map(Secret, Tenant + "cloudflareAccess.clientSecret");
    }

    private static void AuthMode(SettingsImport import, HashSet<string> names)
    {
        const string Name = "ESET_AUTH_MODE";
        if (!names.Contains(Name))
            return;
        var mode = WithoutComment(import[Name] ?? "").ToLowerInvariant();
        if (mode is not ("env" or "basic"))
            import.Refuse($"{Name}: must be env or basic.");
        if (mode != "basic")
            return;
        if (import["ESET_MCP_TRANSPORT"] is { } transport && !WithoutComment(transport).Equals("http", StringComparison.OrdinalIgnoreCase))
            import.Refuse($"{Name}=basic needs ESET_MCP_TRANSPORT=http: only HTTP requests can bring credentials.");
        import.Set(Tenant + "requestCredentials", "{}", Name);
    }

    private static string Level(string word) => word == "info" ? "information" : word;

    private static string Truth(string word) => word is "true" or "1" or "yes" or "on" ? "true" : "false";

    /// <summary>One variable that takes a word of a closed list; set but empty is as wrong as any other word.</summary>
    private sealed record WordVariable(string Name, string Path, string[] Allowed, Func<string, string>? Convert = null)
    {
        public void Import(SettingsImport import)
        {
            var word = WithoutComment(import[Name] ?? "").ToLowerInvariant();
            if (!Allowed.Contains(word, StringComparer.Ordinal))
                import.Refuse($"{Name}: must be one of {string.Join(", ", Allowed)}.");
            else
                import.Set(Path, Convert is null ? word : Convert(word), Name);
        }
    }
}
