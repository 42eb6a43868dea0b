using System.Net;
using System.Security.Cryptography;
using Sallyport.Core;
using Sallyport.Core.Http;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Execution;

/// <summary>Fetches answers that ESET prepares in the background, and keeps those nobody waited for until they are asked for again.</summary>
/// <param name="wait">How long one call waits before it hands the caller a handle.</param>
internal sealed class PendingAnswers(UpstreamHttp http, TimeSpan wait, TimeProvider time)
{
    private const string Header = "response-id";
    private const int MaxKept = 256;

    /// <summary>ESET forgets a prepared answer sooner; keeping a handle longer would only promise too much.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PendingAnswer> _kept = new(StringComparer.Ordinal);

    /// <summary>Starts from a 202 and returns the answer that follows it.</summary>
    public async Task<UpstreamResponse> FollowAsync(
        UpstreamRequest request, UpstreamResponse accepted, bool isFile, ToolContext context, CancellationToken cancellationToken)
    {
        await using (accepted)
        {
            if (!accepted.Headers.TryGetValues(Header, out var ids))
                throw new UpstreamException(UpstreamFailure.InvalidResponse, "ESET accepted the request without saying where its answer will be (HTTP 202).");
            // Asking again with the id fetches the prepared answer; it does not act again, whatever the method.
            var repeat = request with { Headers = [.. request.Headers, KeyValuePair.Create(Header, ids.First())], Retry = UpstreamRetry.Reads };
            var handle = RandomNumberGenerator.GetHexString(32, lowercase: true);
            var pending = new PendingAnswer(handle, repeat, isFile, time.GetUtcNow() + KeptFor);
            Keep(pending);
            return await WaitAsync(pending, context, cancellationToken);
        }
    }

    /// <summary>The request behind a handle, to go on waiting for.</summary>
    public PendingAnswer Find(string handle)
    {
        lock (_lock)
        {
            return _kept.TryGetValue(handle, out var pending) && pending.Expires > time.GetUtcNow()
                ? pending
                : throw new InvalidArgumentsException("handle: is unknown or has expired; ask again from the start.");
        }
    }

    public async Task<UpstreamResponse> WaitAsync(PendingAnswer pending, ToolContext context, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            var waited = time.GetElapsedTime(started);
            if (waited >= wait)
            {
                throw new UpstreamException(UpstreamFailure.Timeout, $"ESET is still preparing the answer after {(int)waited.TotalSeconds} s.")
                {
                    Hint = $"Fetch it later: {ResumeTool.Name} with handle {pending.Handle}.",
                };
            }

            // The handle goes out with every sign of life, because a client may give up before we do.
            context.Report(waited.TotalSeconds, wait.TotalSeconds, $"ESET is preparing the answer. Should this call end first: {ResumeTool.Name} with handle {pending.Handle}.");
            await Task.Delay(pause, time, cancellationToken);
            var response = await http.SendAsync(pending.Request, cancellationToken);
            if (response.Status is not (HttpStatusCode.Accepted or HttpStatusCode.TooManyRequests))
            {
                Drop(pending);
                return response;
            }

            await response.DisposeAsync();
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;

    private void Keep(PendingAnswer pending)
    {
        lock (_lock)
        {
            if (_kept.Count >= MaxKept)
                _kept.Remove(_kept.Values.MinBy(kept => kept.Expires)!.Handle);
            _kept[pending.Handle] = pending;
        }
    }

    private void Drop(PendingAnswer pending)
    {
        lock (_lock)
            _kept.Remove(pending.Handle);
    }
}

/// <summary>One answer that ESET prepares in the background.</summary>
/// <param name="Handle">By which a caller asks for it; cannot be guessed.</param>
/// <param name="IsFile">Whether the answer is a file rather than JSON.</param>
internal sealed record PendingAnswer(string Handle, UpstreamRequest Request, bool IsFile, DateTimeOffset Expires);
