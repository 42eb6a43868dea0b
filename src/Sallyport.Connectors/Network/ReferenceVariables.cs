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
        Number("MCP_DEFAULT_CONCURRENCY", "scanConcurrency", 1, 5);
        Number("MCP_TOOL_DEFAULT_CONCURRENCY", "scanConcurrency", 1, 5);
        Number("TOOL_NMAP_CONCURRENCY", "scanConcurrency", 1, 5);

        void Number(string variable, string setting, decimal least, decimal most) => import.MapWithin(variable, Section + setting, least, most);
    }
}
