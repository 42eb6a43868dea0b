using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Estate;

/// <summary>The programs seen running on devices, and which of them are blocked.</summary>
internal static class ApplicationManagement
{
    private const string Service = "application-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_executables_list", "Programs seen on devices: name, hashes, signer, reputation, whether blocked.",
            "GET /v1/executables", static () => ApplicationJson.Default.Page, Service) with
            { Alias = "app_executables__list_executables", Rows = "executables" },
        RestTool.Read("eset_executable_get", "One program by uuid: hashes, signatures, reputation, first and last seen, whether blocked.",
            "GET /v1/executables/{executableUuid}", static () => ApplicationJson.Default.ExecutableRef, Service) with
            { Alias = "app_executables__get_executable" },
        RestTool.Write("eset_executable_block", "Stops a program from running on every device. Undone by eset_executable_unblock.",
            "POST /v1/executables/{executableUuid}:block", static () => ApplicationJson.Default.ExecutableRef, Service) with
            { Alias = "app_executables__block_executable", IsDestructive = true, IsIdempotent = true },
        // Lifting a block lets the program run again everywhere.
        RestTool.Write("eset_executable_unblock", "Lets a blocked program run again.",
            "POST /v1/executables/{executableUuid}:unblock", static () => ApplicationJson.Default.ExecutableRef, Service) with
            { Alias = "app_executables__unblock_executable", IsDestructive = true, IsIdempotent = true },
    ];
}

/// <summary>One program.</summary>
internal sealed record ExecutableRef([Format(TextFormat.Uuid)] string ExecutableUuid);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Page))]
[JsonSerializable(typeof(ExecutableRef))]
internal sealed partial class ApplicationJson : JsonSerializerContext;
