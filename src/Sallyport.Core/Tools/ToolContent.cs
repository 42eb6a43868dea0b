using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sallyport.Core.Tools;

/// <summary>What a handler hands back: JSON in UTF-8, whole or as it arrives, and files beside it.</summary>
public sealed class ToolContent : IAsyncDisposable
{
    private readonly IAsyncDisposable? _owner;

    private ToolContent(Stream? stream, ReadOnlyMemory<byte> bytes, IAsyncDisposable? owner)
        => (Stream, Bytes, _owner) = (stream, bytes, owner);

    /// <summary>JSON that is still arriving, or null when <see cref="Bytes"/> holds all of it.</summary>
    public Stream? Stream { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public IReadOnlyList<ToolAttachment> Attachments { get; init; } = [];

    /// <summary>The most bytes that the caller wants of the result; the gate's own limit holds besides.</summary>
    public int? MostBytes { get; private set; }

    public ToolContent Within(int bytes)
    {
        MostBytes = bytes;
        return this;
    }

    /// <summary>The most bytes of one text, for a tool that cuts by a measure of its own; the gate's when null.</summary>
    public int? MostTextBytes { get; private set; }

    public ToolContent TextsUpTo(int bytes)
    {
        MostTextBytes = bytes;
        return this;
    }

    public static ToolContent FromStream(Stream utf8Json, IAsyncDisposable? owner = null) => new(utf8Json, default, owner);

    public static ToolContent FromJson(ReadOnlyMemory<byte> utf8Json, params IReadOnlyList<ToolAttachment> attachments)
        => new(null, utf8Json, null) { Attachments = attachments };

    public static ToolContent From<T>(T value, JsonTypeInfo<T> type) => FromJson(JsonSerializer.SerializeToUtf8Bytes(value, type));

    public ValueTask DisposeAsync() => _owner?.DisposeAsync() ?? ValueTask.CompletedTask;
}
