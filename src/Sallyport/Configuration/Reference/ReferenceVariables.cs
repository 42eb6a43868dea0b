using Sallyport.Core.Settings;

namespace Sallyport.Configuration.Reference;

/// <summary>
/// The variables of the servers this program replaces that are not about one platform: callers, transport, limits, audit, logs,
/// health. A value out of range is brought into it with a warning, as those servers did.
/// </summary>
internal static class ReferenceVariables
{
    private static readonly string[] Unused =
        ["MCP_CONFIG_FILE", "MCP_CONFIG_PATH", "MCP_DATABASE_URL", "MCP_SERVER_WORKERS", "TOOLS_PACKAGE", "DEV_MODE"];

    public static void Import(SettingsImport import)
    {
        ReferenceCallers.Import(import);
        import.MapEndpoint("MCP_SERVER_TRANSPORT", "MCP_SERVER_HOST", "MCP_SERVER_PORT", 8080);
        import.MapEndpoint("FASTMCP_TRANSPORT", "FASTMCP_HOST", "FASTMCP_PORT", 8000);
        import.Map("REQUIRE_AUTH", "http.requireAuth");
        import.Map("MCP_STDIO_ROLE", "stdio.role", Lower);
        import.Map("UNTRUSTED_CONTENT_WRAPPING", "untrusted.wrapping", text => Lower(text) switch { "on" => "envelope", var other => other });
        import.Map("TOOL_INCLUDE", "tools.include");
        import.Map("TOOL_EXCLUDE", "tools.exclude");
        Limits(import);
        Audit(import);
        Observability(import);
        Operations(import);
        foreach (var variable in Unused.Where(variable => import[variable] is not null))
            import.Warn($"{variable} is not used; see 'sallyport config schema' for the setting that takes its place.");
    }

    private static void Limits(SettingsImport import)
    {
        var window = import["MUTATION_RATE_WINDOW"];
        Rate("MUTATION_RATE_LIMIT", "limits.mutations", "60");
        Rate("OPEN_ACCESS_MUTATION_RATE_LIMIT", "limits.openAccessMutations", "10");

        void Rate(string variable, string path, string usual)
        {
            if (import[variable] is { } limit)
                import.Set(path, $"{limit.Trim()}/{window?.Trim() ?? "60"}s", variable);
            else if (window is not null)
                import.Set(path, $"{usual}/{window.Trim()}s", "MUTATION_RATE_WINDOW");
        }
    }

    private static void Audit(SettingsImport import)
    {
        import.Map("AUDIT_HMAC_KEY", "audit.hmacKey");
        import.Map("REQUIRE_AUDIT_HMAC_KEY", "audit.requireKey");
        if (import["REQUIRE_AUDIT_HMAC_KEY"] is null && import["FASTMCP_TRANSPORT"] is { } transport && Lower(transport) != "stdio")
            import.Set("audit.requireKey", "true", "FASTMCP_TRANSPORT");
        import.Map("AUDIT_LOG_FILE", "audit.file");
        import.Map("AUDIT_LOG_SYSLOG", "audit.syslog");
        import.Map("AUDIT_LOG_SYSLOG_CA", "audit.syslogCa");
        import.Map("AUDIT_LOG_HTTPS_URL", "audit.https");
        import.Map("AUDIT_LOG_HTTPS_TOKEN", "audit.httpsToken");
        import.Map("AUDIT_LOG_HTTPS_FORMAT", "audit.httpsFormat", Lower);
        import.Map("AUDIT_LOG_HTTPS_BATCH_SIZE", "audit.httpsBatchSize");
        import.MapSeconds("AUDIT_LOG_HTTPS_FLUSH_SECS", "audit.httpsFlushAfter");
        var failsClosed = import["AUDIT_FAIL_CLOSED"]?.ToUpperInvariant();
        if (failsClosed is "TRUE" or "1" or "YES" or "ON")
            import.Set("audit.whenBehind", "refuse", "AUDIT_FAIL_CLOSED");
        else if (failsClosed is not null)
            import.Warn("AUDIT_FAIL_CLOSED=false is not used: a call that cannot be recorded does not run.");
    }

    private static void Observability(SettingsImport import)
    {
        import.MapLogLevel("LOG_LEVEL");
        import.MapLogLevel("MCP_LOGGING_LEVEL");
        import.MapLogFormat("LOG_FORMAT");
        import.Map("MCP_LOGGING_FILE_PATH", "observability.logFile");
        import.MapWithin("MCP_LOGGING_MAX_FILE_SIZE", "observability.logFileBytes", 1_024, 104_857_600);
        import.MapWithin("MCP_LOGGING_BACKUP_COUNT", "observability.logFileBackups", 0, 100);
        import.Map("MCP_METRICS_ENABLED", "observability.metrics");
        import.Map("MCP_METRICS_PROMETHEUS_ENABLED", "observability.metrics");
        import.MapWithin("MCP_METRICS_PROMETHEUS_PORT", "observability.metricsListen", 1, 65_535, static port => $"127.0.0.1:{port}");
    }

    private static void Operations(SettingsImport import)
    {
        import.MapWithin("MCP_SERVER_MAX_CONNECTIONS", "http.maxConnections", 1, 10_000);
        import.MapWithin("MCP_SERVER_SHUTDOWN_GRACE_PERIOD", "http.shutdownGrace", 0, 300, ImportedForms.Seconds);
        import.MapWithin("MCP_HEALTH_CHECK_INTERVAL", "health.checkInterval", 5, 300, ImportedForms.Seconds);
        import.MapWithin("MCP_HEALTH_TIMEOUT", "health.timeout", 1, 60, ImportedForms.Seconds);
        import.MapWithin("MCP_HEALTH_CPU_THRESHOLD", "health.cpuThreshold", 0, 100);
        import.MapWithin("MCP_HEALTH_MEMORY_THRESHOLD", "health.memoryThreshold", 0, 100);
        import.MapWithin("MCP_HEALTH_DISK_THRESHOLD", "health.diskThreshold", 0, 100);
        import.Map("MCP_HEALTH_DEPENDENCIES", "health.dependencies");
        import.MapWithin("MCP_CIRCUIT_BREAKER_FAILURE_THRESHOLD", "circuitBreaker.failureThreshold", 1, 100);
        import.MapWithin("MCP_CIRCUIT_BREAKER_RECOVERY_TIMEOUT", "circuitBreaker.recoveryTimeout", 1, 600, ImportedForms.Seconds);
        import.MapWithin("MCP_CIRCUIT_BREAKER_HALF_OPEN_SUCCESS_THRESHOLD", "circuitBreaker.halfOpenSuccessThreshold", 1, 10);
    }

    private static string Lower(string text) => text.Trim().ToLowerInvariant();
}
