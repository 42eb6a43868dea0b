using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sallyport.Core.Tools;

namespace Sallyport.Core.Http;

/// <summary>A platform's answer. Its body is bounded and belongs to whoever disposes this.</summary>
public sealed class UpstreamResponse : IAsyncDisposable
{
    private readonly HttpResponseMessage _message;
    private readonly Attempt _attempt;
    private readonly BoundedStream _body;
    private readonly string _name;

    internal UpstreamResponse(HttpResponseMessage message, Stream body, Attempt attempt, string name, long maxBytes)
    {
        (_message, _attempt, _name) = (message, attempt, name);
        _body = new BoundedStream(body, maxBytes, name, attempt);
    }

    public HttpStatusCode Status => _message.StatusCode;

    public bool IsSuccess => _message.IsSuccessStatusCode;

    public HttpResponseHeaders Headers => _message.Headers;

    public HttpContentHeaders ContentHeaders => _message.Content.Headers;

    public Stream Body => _body;

    public bool IsEmpty => Status == HttpStatusCode.NoContent || ContentHeaders.ContentLength == 0;

    /// <summary>Hands the body on as it arrives. The answer is disposed with the content.</summary>
    public ToolContent ToContent()
    {
        RequireJson();
        return ToolContent.FromStream(_body, this);
    }

    public async Task<T> ReadAsync<T>(JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        RequireJson();
        try
        {
            return await JsonSerializer.DeserializeAsync(_body, type, cancellationToken)
                ?? throw new UpstreamException(UpstreamFailure.InvalidResponse, $"{_name} answered null where an object is due.");
        }
        catch (JsonException exception)
        {
            throw new UpstreamException(UpstreamFailure.InvalidResponse, $"{_name} answered with JSON that is not what it documents.", exception);
        }
    }

    /// <summary>The first <paramref name="maxBytes"/> of an error's body, to look for a code in; never shown or logged as it is.</summary>
    public async Task<byte[]> ReadErrorAsync(int maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[maxBytes];
        var read = await _body.ReadAtLeastAsync(buffer, maxBytes, throwOnEndOfStream: false, cancellationToken);
        return buffer[..read];
    }

    /// <summary>Throws when a proxy's or login page's HTML stands where JSON is due.</summary>
    public void RequireJson()
    {
        if (ContentHeaders.ContentType?.MediaType is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
            throw new UpstreamException(UpstreamFailure.InvalidResponse, $"{_name} answered with something other than JSON (HTTP {(int)Status}).");
    }

    /// <summary>Throws the failure that this status stands for, with a message that carries nothing of the body.</summary>
    public void ThrowIfFailed()
    {
        if (!IsSuccess)
            throw StatusFailures.ToException(_name, Status, RetryAfter(TimeProvider.System));
    }

    /// <summary>How long the platform asks us to wait, or null.</summary>
    public TimeSpan? RetryAfter(TimeProvider time) => Http.RetryAfter.Read(_message, time);

    public async ValueTask DisposeAsync()
    {
        await _body.DisposeAsync();
        _message.Dispose();
        _attempt.Dispose();
    }
}
