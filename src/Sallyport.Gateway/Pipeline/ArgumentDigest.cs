using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Sallyport.Gateway.Pipeline;

/// <summary>One digest for one meaning: member order and white space do not change it.</summary>
public static class ArgumentDigest
{
    /// <summary>Lower-case hex SHA-256 of the arguments with members sorted by name.</summary>
    public static string Of(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        var buffer = new ArrayBufferWriter<byte>(utf8.Length);
        using (var writer = new Utf8JsonWriter(buffer))
            JsonRewrite.Write(writer, document.RootElement, static members => members.OrderBy(member => member.Name, StringComparer.Ordinal), static (writer, leaf) => leaf.WriteTo(writer));
        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }
}
