using System.Security.Cryptography;

namespace Sallyport.Core.Tools;

/// <summary>A file beside a result: a capture, an archive, a picture or a scanner's raw output.</summary>
/// <param name="Uri">Stable name under the connector's scheme, for example <c>vectra://detections/7/pcap</c>.</param>
/// <param name="MimeType">IANA media type.</param>
/// <param name="Bytes">The whole file; connectors cap its size.</param>
public sealed record ToolAttachment(string Uri, string MimeType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Lower-case hex SHA-256 of <see cref="Bytes"/>.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes.Span));
}
