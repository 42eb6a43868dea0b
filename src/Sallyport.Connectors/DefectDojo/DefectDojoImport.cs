using System.Globalization;
using Sallyport.Core.Settings;

namespace Sallyport.Connectors.DefectDojo;

/// <summary>Reads the reference server's variables into the one tenant they are about.</summary>
internal static class DefectDojoImport
{
    private const string Path = "tenants.default.defectdojo.";
    private const string Url = "DEFECTDOJO_URL", Key = "DEFECTDOJO_API_KEY", ReadKey = "DEFECTDOJO_READ_API_KEY", WriteKey = "DEFECTDOJO_WRITE_API_KEY",
        Insecure = "ALLOW_INSECURE_HTTP", Root = "IMPORT_ROOT", Detection = "INSTRUCTION_DETECTION", ApiSuffix = "/api/v2";

    private static readonly string[] Keys = [Key, ReadKey, WriteKey];

    private static readonly (string Variable, string Setting, int Most)[] Numbers =
    [
        ("DEFECTDOJO_TIMEOUT_SECS", "timeoutSeconds", 600), ("DEFECTDOJO_IMPORT_TIMEOUT_SECS", "importTimeoutSeconds", 3600),
        ("DEFECTDOJO_MAX_RESPONSE_BYTES", "maxResponseBytes", 1 << 30), ("IMPORT_MAX_BYTES", "importMaxBytes", 104_857_600),
    ];

    public static void Import(SettingsImport import)
    {
        if (import[Url] is null && Keys.All(key => import[key] is null))
            return;
        var isInsecure = Flag(import, Insecure);
        if (Address(import, isInsecure) is { } address)
            import.Set(Path + "url", address, Url);
        if (import[Key] is null && import[ReadKey] is null)
            import.Refuse($"DefectDojo needs a key to read with: set {Key}, or {ReadKey} and {WriteKey}.");
        if (Keys.All(key => import[key] is not null))
            import.Warn($"{Key} is not used, because {ReadKey} and {WriteKey} are both set.");
        import.Map(Key, Path + "apiKey");
        import.Map(ReadKey, Path + "readApiKey");
        import.Map(WriteKey, Path + "writeApiKey");
        if (isInsecure)
            import.Set(Path + "allowInsecureHttp", "true", Insecure);
        import.Map("DEFECTDOJO_CA_FILE", Path + "caFile");
        foreach (var (variable, setting, most) in Numbers)
            Number(import, variable, setting, most);
        if (import[Root] is { } root && !Directory.Exists(root))
            import.Refuse($"{Root} must be an existing directory.");
        import.Map(Root, Path + "importRoot");
        if (import[Detection]?.Trim().ToLowerInvariant() is { } detection && detection is not ("reject" or "flag"))
            import.Refuse($"{Detection} must be reject or flag.");
        import.Map(Detection, Path + "instructionDetection", static text => text.Trim().ToLowerInvariant());
    }

    private static string? Address(SettingsImport import, bool isInsecure)
    {
        var text = import[Url]?.Trim().TrimEnd('/');
        if (text is not null && text.EndsWith(ApiSuffix, StringComparison.OrdinalIgnoreCase))
        {
            import.Warn($"{Url} ends with {ApiSuffix}, which is not a part of it and is dropped.");
            text = text[..^ApiSuffix.Length];
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
            && (url.Scheme == "https" || (url.Scheme == "http" && isInsecure)))
            return text;
        import.Refuse($"{Url} must be an https:// address without user, query and fragment; {Insecure}=true also allows http://.");
        return null;
    }

    private static bool Flag(SettingsImport import, string variable)
    {
        switch (import[variable]?.Trim().ToLowerInvariant())
        {
            case "true" or "1" or "yes" or "on":
                return true;
            case null or "false" or "0" or "no" or "off":
                return false;
            default:
                import.Refuse($"{variable} must be true or false.");
                return false;
        }
    }

    private static void Number(SettingsImport import, string variable, string setting, int most)
    {
        if (import[variable] is not { } text)
            return;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
            import.Set(Path + setting, text, variable);
        else
            import.Refuse($"{variable} must be a whole number from 1 to {most}.");
    }
}
