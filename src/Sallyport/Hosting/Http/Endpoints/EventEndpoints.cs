using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sallyport.Gateway.Events;
using Sallyport.Gateway.Health;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;
using Sallyport.Hosting.Http.Door;
using Sallyport.Hosting.Observing;
using Sallyport.Hosting.Operations;

namespace Sallyport.Hosting.Http.Endpoints;

/// <summary>Streams what happens at the gate to those who watch, each of them only what is about its own tenants.</summary>
internal sealed class EventEndpoints(GatewayParts gateway, GateOperations operations)
{
    private const int MostStreams = 20;
    private const int MostPerCaller = 2;

    /// <summary>How often the state of the whole is told, which is also the sign of life.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, int> _streams = new(StringComparer.Ordinal);
    private int _open;

    /// <param name="stopping">Ends every stream when the program stops.</param>
    public void Map(IEndpointRouteBuilder routes, CancellationToken stopping) => routes.MapGet("/events", (RequestDelegate)(http => StreamAsync(http, stopping)));

    private async Task StreamAsync(HttpContext http, CancellationToken stopping)
    {
        if (await CallerFeature.RefusesUnprovenAsync(http))
            return;
        var caller = CallerFeature.Of(http);
        if (!TryOpen(caller.Subject))
        {
            await Answers.ErrorAsync(http, StatusCodes.Status429TooManyRequests, new ToolError(ErrorCode.RateLimited, $"A caller may watch {MostPerCaller} times, and all together {MostStreams} times."));
            return;
        }

        using var reader = gateway.Events.Watch(long.TryParse(http.Request.Headers["Last-Event-ID"], CultureInfo.InvariantCulture, out var last) ? last : null);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            // Proxies that collect answers before they pass them on would show nothing for a long time.
            http.Response.Headers["X-Accel-Buffering"] = "no";
            await http.Response.Body.WriteAsync("retry: 5000\n\n"u8.ToArray(), ended.Token);
            await http.Response.Body.FlushAsync(ended.Token);
            await WriteAsync(http, caller, reader, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has gone, or we stop.
        }
        finally
        {
            Close(caller.Subject);
        }
    }

    private async Task WriteAsync(HttpContext http, Caller caller, EventReader reader, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Beat, gateway.Time);
        var beat = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        var more = reader.Events.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            await Task.WhenAny(beat, more);
            if (beat.IsCompleted)
            {
                await beat;
                await http.Response.Body.WriteAsync(await BeatAsync(caller, cancellationToken), cancellationToken);
                beat = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            }

            if (more.IsCompleted)
            {
                // Too slow: the client comes back with the last id that it saw.
                if (!await more)
                    return;
                await SendAsync(http, caller, reader, cancellationToken);
                more = reader.Events.WaitToReadAsync(cancellationToken).AsTask();
            }

            await http.Response.Body.FlushAsync(cancellationToken);
        }
    }

    private async Task SendAsync(HttpContext http, Caller caller, EventReader reader, CancellationToken cancellationToken)
    {
        while (reader.Events.TryRead(out var happened))
        {
            // Asked each time: what a role may do changes with the settings.
            if (happened.IsVisibleTo(caller, gateway.Authorizer.MayAdminister(caller)))
                await http.Response.Body.WriteAsync(Frame(happened), cancellationToken);
        }
    }

    private static byte[] Frame(GateEvent happened)
        => [.. Encoding.UTF8.GetBytes($"event: {happened.Kind.ToString().ToLowerInvariant()}\nid: {happened.Id}\ndata: "), .. JsonSerializer.SerializeToUtf8Bytes(happened, GateEventJson.Default.GateEvent), .. "\n\n"u8];

    /// <summary>The two messages that clients of the reference server read. Numbers about everybody's calls are for those who are granted everything.</summary>
    private async Task<ReadOnlyMemory<byte>> BeatAsync(Caller caller, CancellationToken cancellationToken)
    {
        var health = (await operations.Health.CurrentAsync(cancellationToken)).For(caller);
        var buffer = new ArrayBufferWriter<byte>(512);
        buffer.Write("data: "u8);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "health"u8);
        writer.WriteStartObject("data"u8);
        writer.WriteString("status"u8, HealthBody.Word(health.Overall));
        writer.WriteString("timestamp"u8, health.At.UtcDateTime);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        buffer.Write("\n\n"u8);
        if (!caller.IsGranted(TenantDirectory.All))
            return buffer.WrittenMemory;
        buffer.Write("data: "u8);
        writer.Reset();
        writer.WriteStartObject();
        writer.WriteString("type"u8, "metrics"u8);
        writer.WriteStartObject("data"u8);
        SystemFigures.Write(writer, gateway.Events);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        buffer.Write("\n\n"u8);
        return buffer.WrittenMemory;
    }

    private bool TryOpen(string caller)
    {
        if (Interlocked.Increment(ref _open) > MostStreams)
        {
            Interlocked.Decrement(ref _open);
            return false;
        }

        if (_streams.AddOrUpdate(caller, 1, static (_, open) => open + 1) <= MostPerCaller)
            return true;
        Close(caller);
        return false;
    }

    private void Close(string caller)
    {
        Interlocked.Decrement(ref _open);
        if (_streams.AddOrUpdate(caller, 0, static (_, open) => Math.Max(0, open - 1)) == 0)
            _streams.TryRemove(KeyValuePair.Create(caller, 0));
    }
}
