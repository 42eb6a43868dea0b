using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sallyport.Core;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Approvals;

/// <summary>
/// A call's arguments for the person who decides: all of what is short, the beginning of what is long with its length and
/// digest, and no secret that the gate knows. Whoever shows them must still treat them as written by a stranger.
/// </summary>
internal static class ShownArguments
{
    private const int LongText = 2_000;

    /// <summary>Above this size only the digest is kept; a person who must agree to so much needs to see it elsewhere.</summary>
    private const int MostBytes = 64 * 1024;

    /// <param name="utf8">A JSON object that fits the tool's schema.</param>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, PlainJson.Options);
        JsonRewrite.Write(writer, document.RootElement, static members => members, Write);
        writer.Flush();
        if (buffer.WrittenCount <= MostBytes)
            return buffer.WrittenMemory;
        return Encoding.UTF8.GetBytes($$$"""{"tooLargeToShow":{"bytes":{{{utf8.Length}}},"sha256":"{{{Convert.ToHexStringLower(SHA256.HashData(utf8.Span))}}}"}}""");
    }

    private static void Write(Utf8JsonWriter writer, JsonElement leaf)
    {
        if (leaf.ValueKind == JsonValueKind.String)
            writer.WriteStringValue(Text(leaf.GetString()!));
        else
            leaf.WriteTo(writer);
    }

    private static string Text(string text)
    {
        text = KnownSecrets.Redact(text);
        if (text.Length <= LongText)
            return text;
        var cut = char.IsHighSurrogate(text[LongText - 1]) ? LongText - 1 : LongText;
        return $"{text[..cut]}… ({text.Length} characters, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))})";
    }
}
