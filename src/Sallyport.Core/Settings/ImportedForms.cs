using System.Globalization;

namespace Sallyport.Core.Settings;

/// <summary>Forms in which several reference servers write the same thing, turned into ours.</summary>
public static class ImportedForms
{
    /// <summary>A level such as <c>INFO</c>. An unknown one is reported and left at the default, because these names are widely shared.</summary>
    public static void MapLogLevel(this SettingsImport import, string variable)
    {
        if (import[variable] is not { } text)
            return;
        var level = text.Trim().ToUpperInvariant() switch
        {
            "DEBUG" => "debug",
            "INFO" => "information",
            "WARNING" => "warning",
            "ERROR" => "error",
            "CRITICAL" => "critical",
            _ => null,
        };
        if (level is null)
            import.Warn($"{variable} is not one of DEBUG, INFO, WARNING, ERROR, CRITICAL; the default is used.");
        else
            import.Set("observability.logLevel", level, variable);
    }

    /// <summary>Log lines as <c>json</c> or <c>text</c>; anything else is reported and left at the default.</summary>
    public static void MapLogFormat(this SettingsImport import, string variable)
    {
        if (import[variable]?.Trim().ToLowerInvariant() is not { } format)
            return;
        if (format is "json" or "text")
            import.Set("observability.logFormat", format, variable);
        else
            import.Warn($"{variable} is neither json nor text; the default is used.");
    }

    /// <summary>Seconds, with or without a fraction, as a span of time; what is not a number stays for the settings' own check.</summary>
    public static void MapSeconds(this SettingsImport import, string variable, string path)
        => import.Map(variable, path, Seconds);

    /// <summary>A number that is brought into its range with a warning; what is not a number is refused.</summary>
    /// <param name="write">How the setting writes the number; plain digits when null.</param>
    public static void MapWithin(
        this SettingsImport import, string variable, string path, decimal least, decimal most, Func<string, string>? write = null)
    {
        if (import[variable] is not { } text)
            return;
        if (!decimal.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            import.Refuse($"{variable} must be a number from {least} to {most}.");
            return;
        }

        var kept = Math.Clamp(number, least, most);
        var digits = kept.ToString("0.###", CultureInfo.InvariantCulture);
        if (kept != number)
            import.Warn($"{variable} is outside {least} to {most}; {digits} is used.");
        import.Set(path, write is null ? digits : write(digits), variable);
    }

    /// <summary>A transport, with the host and port that it serves on.</summary>
    /// <param name="port">The reference server's own default port.</param>
    public static void MapEndpoint(this SettingsImport import, string transportVariable, string hostVariable, string portVariable, int port)
    {
        if (import[transportVariable]?.Trim().ToLowerInvariant() is { } transport)
        {
            if (transport is not ("stdio" or "http" or "streamable-http" or "sse"))
            {
                import.Refuse($"{transportVariable} must be stdio, http, streamable-http or sse.");
                return;
            }

            import.Set("transport", transport == "stdio" ? "stdio" : "http", transportVariable);
            if (transport == "sse")
            {
                import.Set("http.legacySse", "true", transportVariable);
                import.Warn($"{transportVariable}=sse is a transport that MCP has given up; clients that know streamable-http should use /mcp.");
            }

            if (transport != "stdio")
                Listen(import, hostVariable, portVariable, port, transportVariable);
        }

        if (import[hostVariable] is not null || import[portVariable] is not null)
            Listen(import, hostVariable, portVariable, port, import[hostVariable] is null ? portVariable : hostVariable);
    }

    public static string Seconds(string text)
        => decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1_000_000
            ? seconds == decimal.Truncate(seconds)
                ? string.Create(CultureInfo.InvariantCulture, $"{(int)seconds}s")
                : string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds * 1000)}ms")
            : text;

    private static void Listen(SettingsImport import, string hostVariable, string portVariable, int port, string variable)
    {
        var host = import[hostVariable]?.Trim() ?? "127.0.0.1";
        if (host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('['))
            host = $"[{host}]";
        import.Set("http.listen", $"{host}:{import[portVariable]?.Trim() ?? port.ToString(CultureInfo.InvariantCulture)}", variable);
    }
}
