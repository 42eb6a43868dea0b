using Sallyport.Core.Settings;

namespace Sallyport.Connectors.Network;

/// <summary>The variables of the reference server for network tools. They fill the tenant <c>default</c>.</summary>
internal static class ReferenceVariables
{
    private const string Section = "tenants.default.network.";

    public static void Import(SettingsImport import)
    {
        import.Map("MCP_SECURITY_ALLOWED_TARGETS", Section + "allowedTargets");
        import.Map("MCP_SECURITY_DENIED_TARGETS", Section + "deniedTargets");
        import.Map("MCP_SECURITY_ALLOW_INTRUSIVE", Section + "allowIntrusive");
        // The more specific name comes last and wins, as with the reference server's general and tool settings.
        Number("MCP_MAX_ARGS_LEN", "maxArgumentBytes", 1, 10240);
        Number("MCP_SECURITY_MAX_ARGS_LENGTH", "maxArgumentBytes", 1, 10240);
        Number("MCP_MAX_STDOUT_BYTES", "maxOutputBytes", 1024, 10485760);
        Number("MCP_SECURITY_MAX_OUTPUT_SIZE", "maxOutputBytes", 1024, 10485760);
        Number("MCP_MAX_STDERR_BYTES", "maxErrorBytes", 1024, 10485760);
        Number("MCP_MAX_MEMORY_MB", "maxMemoryMegabytes", 128, 8192);
        Number("MCP_MAX_FILE_DESCRIPTORS", "maxOpenFiles", 64, 4096);
        Number("MCP_SECURITY_TIMEOUT_SECONDS", "maxSeconds", 1, 3600);
        Number("MCP_SECURITY_CONCURRENCY_LIMIT", "concurrency", 1, 100);
        Number("MCP_DEFAULT_TIMEOUT_SEC", "scanSeconds", 1, 3600);
        Number("MCP_TOOL_DEFAULT_TIMEOUT", "scanSeconds", 1, 3600);
        Number("TOOL_NMAP_TIMEOUT", "scanSeconds", 60, 3600);
        Number("TOOL_NMAP_MAX_TIMEOUT", "maxSeconds", 60, 3600);
        Number("MCP_DEFAULT_CONCURRENCY", "scanConcurrency", 1, 5);
        Number("MCP_TOOL_DEFAULT_CONCURRENCY", "scanConcurrency", 1, 5);
        Number("TOOL_NMAP_CONCURRENCY", "scanConcurrency", 1, 5);

        Circuit("NMAP", "nmap", 600);
        Circuit("DIG", "dns", 300);
        Circuit("PING", "ping", 600);
        Circuit("TRACEROUTE", "traceroute", 600);
        SwitchOff(import);
        foreach (var variable in import.Names.Where(IsUnused))
            import.Warn($"{variable} is not used: the gate offers no such tool, or sets this for all tools together.");

        void Circuit(string tool, string upstream, int longest)
        {
            import.MapWithin($"TOOL_{tool}_FAILURE_THRESHOLD", $"circuitBreaker.upstreams.{upstream}.failureThreshold", 1, 10);
            import.MapWithin($"TOOL_{tool}_RECOVERY_TIMEOUT", $"circuitBreaker.upstreams.{upstream}.recoveryTimeout", 30, longest, ImportedForms.Seconds);
        }

        void Number(string variable, string setting, decimal least, decimal most) => import.MapWithin(variable, Section + setting, least, most);
    }

    /// <summary><c>TOOL_NMAP_ENABLED=false</c> leaves the tool out, beside what <c>TOOL_EXCLUDE</c> names.</summary>
    private static void SwitchOff(SettingsImport import)
    {
        var off = Tools.Where(tool => import[$"TOOL_{tool.Key}_ENABLED"] is { } text && Off.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase)).ToList();
        if (off.Count == 0)
            return;
        IEnumerable<string> named = import["TOOL_EXCLUDE"] is { } list ? [list] : [];
        import.Set("tools.exclude", string.Join(',', named.Concat(off.Select(tool => tool.Value))), $"TOOL_{off[0].Key}_ENABLED");
    }

    private static bool IsUnused(string variable)
        => !Known.Contains(variable) && Mentioned.Any(tool => variable.StartsWith($"TOOL_{tool}_", StringComparison.Ordinal));

    private static readonly Dictionary<string, string> Tools = new()
    {
        ["NMAP"] = "NmapTool",
        ["DIG"] = "DigTool",
        ["PING"] = "net_host_ping",
        ["TRACEROUTE"] = "net_route_trace",
    };

    private static readonly string[] Mentioned = [.. Tools.Keys, "MASSCAN", "GOBUSTER", "HYDRA", "SQLMAP"];

    private static readonly string[] Off = ["false", "0", "no", "off"];

    private static readonly HashSet<string> Known =
    [
        "TOOL_NMAP_TIMEOUT", "TOOL_NMAP_MAX_TIMEOUT", "TOOL_NMAP_CONCURRENCY",
        .. Tools.Keys.SelectMany(tool => (string[])[$"TOOL_{tool}_ENABLED", $"TOOL_{tool}_FAILURE_THRESHOLD", $"TOOL_{tool}_RECOVERY_TIMEOUT"]),
    ];
}
