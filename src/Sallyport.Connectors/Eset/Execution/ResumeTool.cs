using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Execution;

/// <summary>Fetches an answer that ESET was still preparing when an earlier call ended.</summary>
internal static class ResumeTool
{
    public const string Name = "eset_answer_resume";

    /// <summary>A read even if the earlier call was a change: that was allowed and sent then; this only fetches its answer.</summary>
    public static Tool Tool { get; } = Tool.Raw<EsetClient, ResumeAnswer>(
        ToolAccess.Read, Name, "Fetches the answer of an earlier ESET call that took too long, by the handle that call gave.",
        static () => ResumeJson.Default.ResumeAnswer, static (eset, args, context, token) => eset.ResumeAsync(args.Handle, context, token));
}

/// <summary>Which answer.</summary>
internal sealed record ResumeAnswer([Description("From the earlier call."), StringLength(32, MinimumLength = 32)] string Handle);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ResumeAnswer))]
internal sealed partial class ResumeJson : JsonSerializerContext;
