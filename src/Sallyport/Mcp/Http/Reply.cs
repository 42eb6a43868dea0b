using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sallyport.Mcp.Http;

/// <summary>
/// The answer to one request: plain JSON when it comes at once; an event stream when there is something to say before
/// it, or when it takes long, so that no proxy takes a slow call for a dead one.
/// </summary>
internal sealed class Reply : IAsyncDisposable
{
    private readonly HttpContext _http;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ITimer _timer;
    private bool _isOver;

    public Reply(HttpContext http, KeepAlive keepAlive)
    {
        _http = http;
        _timer = keepAlive.Time.CreateTimer(static state => _ = ((Reply)state!).KeepAliveAsync(), this, keepAlive.After, keepAlive.Every);
    }

    public bool IsStream { get; private set; }

    /// <summary>Ends the request with its answer: one JSON document, given in parts.</summary>
    public async ValueTask AnswerAsync(int status, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second = default, ReadOnlyMemory<byte> third = default)
    {
        await _turn.WaitAsync();
        try
        {
            if (_isOver)
                return;
            _isOver = true;
            var output = _http.Response.BodyWriter;
            if (IsStream)
            {
                output.Write("event: message\ndata: "u8);
            }
            else
            {
                _http.Response.StatusCode = status;
                _http.Response.ContentType = "application/json";
                _http.Response.ContentLength = first.Length + second.Length + third.Length;
            }

            output.Write(first.Span);
            output.Write(second.Span);
            output.Write(third.Span);
            if (IsStream)
                output.Write("\n\n"u8);
            await output.FlushAsync(_http.RequestAborted);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Says something before the answer: whole frames of an event stream.</summary>
    public async ValueTask SayAsync(ReadOnlyMemory<byte> frames)
    {
        await _turn.WaitAsync();
        try
        {
            if (_isOver)
                return;
            OpenStream();
            _http.Response.BodyWriter.Write(frames.Span);
            await _http.Response.BodyWriter.FlushAsync(_http.RequestAborted);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Sends the headers now, for a stream that may have nothing to say for long.</summary>
    public ValueTask OpenAsync() => SayAsync(": open\n\n"u8.ToArray());

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _turn.WaitAsync();
        _isOver = true;
        _turn.Release();
    }

    private void OpenStream()
    {
        if (IsStream)
            return;
        IsStream = true;
        _http.Response.ContentType = "text/event-stream";
        _http.Response.Headers.CacheControl = "no-cache,no-store";
        _http.Response.Headers["X-Accel-Buffering"] = "no";
        _http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private async Task KeepAliveAsync()
    {
        try
        {
            await SayAsync(": keep-alive\n\n"u8.ToArray());
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            // The client has gone; the request itself notices.
        }
    }
}
