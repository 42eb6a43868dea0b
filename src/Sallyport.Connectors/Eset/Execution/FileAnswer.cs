using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Core;
using Sallyport.Core.Http;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Execution;

/// <summary>Turns a ZIP that ESET sends into a file beside the result.</summary>
internal static class FileAnswer
{
    /// <summary>Bytes of one archive; more would not fit through a client's message anyway.</summary>
    public const int MaxBytes = 20 << 20;

    /// <summary>Every ZIP starts with these, empty ones included.</summary>
    private static ReadOnlySpan<byte> Signature => "PK"u8;

    /// <summary>A row whose answer is a file.</summary>
    public static Tool Of(Tool row) => row with
    {
        Handler = async (client, arguments, context, token)
            => await ((EsetClient)client).DownloadAsync(row.Operation!.Fill(arguments), context, token),
    };

    public static async Task<ToolContent> ReadAsync(UpstreamResponse response, ToolContext context, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[81920];
        for (int count; (count = await response.Body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            buffer.Write(chunk, 0, count);
            if (buffer.Length > MaxBytes)
                throw new UpstreamException(UpstreamFailure.TooLarge, $"ESET's archive is larger than {MaxBytes >> 20} MiB.") { Hint = "Ask for fewer objects at a time." };
        }

        // ESET's own description calls the archive JSON, so the bytes are asked instead of the content type.
        var bytes = buffer.ToArray();
        if (!bytes.AsSpan().StartsWith(Signature))
            throw new UpstreamException(UpstreamFailure.InvalidResponse, "ESET answered with something other than a ZIP archive.");
        var file = new ToolAttachment($"eset://quarantine/downloads/{context.CallId}.zip", "application/zip", bytes);
        var result = new DownloadResult(new DownloadedFile(file.Uri, file.MimeType, bytes.Length, file.Sha256));
        return ToolContent.FromJson(JsonSerializer.SerializeToUtf8Bytes(result, DownloadJson.Default.DownloadResult), file);
    }
}

/// <summary>What the result says about the file beside it.</summary>
internal sealed record DownloadedFile(string Uri, string MimeType, long SizeBytes, string Sha256);

/// <summary>A result that is a file.</summary>
internal sealed record DownloadResult(DownloadedFile File);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DownloadResult))]
internal sealed partial class DownloadJson : JsonSerializerContext;
