using System.Text.Json.Nodes;
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
        foreach (var general in (string[])["MCP_DEFAULT_TIMEOUT_SEC", "MCP_TOOL_DEFAULT_TIMEOUT"])
            Timeouts(general, Tools.Values);
        foreach (var general in (string[])["MCP_DEFAULT_CONCURRENCY", "MCP_TOOL_DEFAULT_CONCURRENCY"])
            Places(general, Tools.Values);
        Number("TOOL_NMAP_MAX_TIMEOUT", "maxSeconds", 60, 3600);
        foreach (var (name, tool) in Tools)
        {
            Timeouts($"TOOL_{name}_TIMEOUT", [tool]);
            Places($"TOOL_{name}_CONCURRENCY", [tool]);
            import.MapWithin($"TOOL_{name}_FAILURE_THRESHOLD", $"circuitBreaker.upstreams.{tool.Upstream}.failureThreshold", 1, 10);
            import.MapWithin($"TOOL_{name}_RECOVERY_TIMEOUT", $"circuitBreaker.upstreams.{tool.Upstream}.recoveryTimeout", 30, tool.LongestRecovery, ImportedForms.Seconds);
            Pace(import, $"TOOL_{name}_RATE_LIMIT", tool.Name);
        }

        SwitchOff(import);
        foreach (var variable in import.Names.Where(IsUnused))
            import.Warn($"{variable} is not used: the gate offers no such tool, or sets this for all tools together.");

        void Timeouts(string variable, IEnumerable<ToolVariables> tools)
        {
            foreach (var tool in tools)
                Number(variable, tool.Seconds, tool.LeastSeconds, tool.MostSeconds);
        }

        void Places(string variable, IEnumerable<ToolVariables> tools)
        {
            foreach (var tool in tools)
                Number(variable, tool.Concurrency, 1, tool.MostAtATime);
        }

        void Number(string variable, string setting, decimal least, decimal most) => import.MapWithin(variable, Section + setting, least, most);
    }

    /// <summary><c>TOOL_NMAP_RATE_LIMIT=20</c>: so many a minute; <c>20/10s</c> and <c>off</c> are taken, too.</summary>
    private static void Pace(SettingsImport import, string variable, string tool)
    {
        if (import[variable]?.Trim() is not { } rate)
            return;
        var limit = new JsonObject { ["tool"] = tool, ["rate"] = rate.All(char.IsAsciiDigit) ? $"{rate}/60s" : rate };
        import.Set("limits.tools.+", limit.ToJsonString(), variable);
    }

    /// <summary><c>TOOL_NMAP_ENABLED=false</c> leaves the tool out, beside what <c>TOOL_EXCLUDE</c> names.</summary>
    private static void SwitchOff(SettingsImport import)
    {
        var off = Tools.Where(tool => import[$"TOOL_{tool.Key}_ENABLED"] is { } text && Off.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase)).ToList();
        if (off.Count == 0)
            return;
        IEnumerable<string> named = import["TOOL_EXCLUDE"] is { } list ? [list] : [];
        import.Set("tools.exclude", string.Join(',', named.Concat(off.Select(tool => tool.Value.Name))), $"TOOL_{off[0].Key}_ENABLED");
    }

    private static bool IsUnused(string variable)
        => !Known.Contains(variable) && Mentioned.Any(tool => variable.StartsWith($"TOOL_{tool}_", StringComparison.Ordinal));

    private static readonly Dictionary<string, ToolVariables> Tools = new()
    {
        ["NMAP"] = new("NmapTool", "nmap", 600, "scanSeconds", 60, 3600, "scanConcurrency", 5),
        ["DIG"] = new("DigTool", "dns", 300, "dns.seconds", 5, 300, "dns.concurrency", 10),
        ["PING"] = new("net_host_ping", "ping", 600, "ping.seconds", 1, 300, "ping.concurrency", 10),
        ["TRACEROUTE"] = new("net_route_trace", "traceroute", 600, "traceroute.seconds", 1, 300, "traceroute.concurrency", 10),
    };

    private static readonly string[] Mentioned = [.. Tools.Keys, "MASSCAN", "GOBUSTER", "HYDRA", "SQLMAP"];

    private static readonly string[] Off = ["false", "0", "no", "off"];

    private static readonly string[] Kinds = ["ENABLED", "TIMEOUT", "CONCURRENCY", "FAILURE_THRESHOLD", "RECOVERY_TIMEOUT", "RATE_LIMIT"];

    private static readonly HashSet<string> Known = ["TOOL_NMAP_MAX_TIMEOUT", .. Tools.Keys.SelectMany(tool => Kinds.Select(kind => $"TOOL_{tool}_{kind}"))];

    /// <summary>What the variables of one tool are called here, and the ranges they are brought into.</summary>
    private sealed record ToolVariables(
        string Name, string Upstream, int LongestRecovery, string Seconds, int LeastSeconds, int MostSeconds, string Concurrency, int MostAtATime);
}
