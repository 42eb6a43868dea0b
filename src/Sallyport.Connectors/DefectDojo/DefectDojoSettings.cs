using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core;
using Sallyport.Core.Schemas;
using Sallyport.Core.Settings;

namespace Sallyport.Connectors.DefectDojo;

/// <summary>How one tenant reaches DefectDojo: its address, its keys, and what imports may read.</summary>
internal sealed record DefectDojoSettings(
    [property: Description("Base address of the instance, https, with a path prefix where it has one.")] string Url,
    [property: Description("Key for every request that has no key of its own.")] Secret? ApiKey = null,
    [property: Description("Key for reads.")] Secret? ReadApiKey = null,
    [property: Description("Key for changes; without this and apiKey, changes are refused.")] Secret? WriteApiKey = null,
    [property: Description("Allows http, and an instance on this machine.")] bool AllowInsecureHttp = false,
    [property: Description("Seconds before an ordinary request is given up."), Range(1, 600)] int TimeoutSeconds = 30,
    [property: Description("Seconds before an import is given up."), Range(1, 3600)] int ImportTimeoutSeconds = 600,
    [property: Description("PEM file of the only authorities to trust, for a private one.")] string? CaFile = null,
    [property: Description("Bytes of one answer that are read."), Range(1, 1 << 30)] int MaxResponseBytes = 33_554_432,
    [property: Description("Bytes of a report that imports accept."), Range(1, 104_857_600)] int ImportMaxBytes = 26_214_400,
    [property: Description("Directory below which imports may read report files; none when empty.")] string? ImportRoot = null,
    [property: Description("What to do with text in a change that reads like instructions to a model."), AllowedValues("reject", "flag")] string InstructionDetection = "reject")
{
    public Secret? KeyForReads => ReadApiKey ?? ApiKey;

    public Secret? KeyForWrites => WriteApiKey ?? ApiKey;

    public bool RejectsInstructions => InstructionDetection == "reject";

    public static IEnumerable<SchemaError> Check(DefectDojoSettings settings)
    {
        if (!Uri.TryCreate(settings.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            yield return new SchemaError("url", "must be an https address without user, query and fragment");
        else if (url.Scheme == "http" && !settings.AllowInsecureHttp && !url.IsLoopback)
            yield return new SchemaError("url", "must be https, unless allowInsecureHttp is true");
        if (settings.KeyForReads is null or { IsEmpty: true })
            yield return new SchemaError("apiKey", "one of apiKey and readApiKey must be set");
        if (settings.ImportRoot is { } root && !Directory.Exists(root))
            yield return new SchemaError("importRoot", "must be an existing directory");
        if (AuthorityFile.Problem(settings.CaFile) is { } untrusted)
            yield return new SchemaError("caFile", untrusted);
    }
}

/// <summary>Settings as an operator writes them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DefectDojoSettings))]
internal sealed partial class DefectDojoSettingsJson : JsonSerializerContext;
