using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Faults.Steps;

namespace Sallyport.Simulator.Faults;

/// <summary>When a connection is dropped.</summary>
public enum DropAt
{
    /// <summary>The request was read, nothing was done.</summary>
    BeforeWork,

    /// <summary>The work was done, nothing was answered: a client cannot tell whether it happened.</summary>
    AfterWork,

    /// <summary>Half of the answer was sent.</summary>
    MidBody,
}

/// <summary>One thing that can be done to a request instead of, before or after answering it.</summary>
public abstract class FaultStep
{
    private const string Json = "application/json";

    /// <summary>This status, in the platform's own words unless a body is given.</summary>
    public static FaultStep Status(int status, string? body = null, string contentType = Json) => new AnswerStep(status, Bytes(body), contentType);

    /// <summary>This status with these bytes: a capture in another format, an empty body.</summary>
    public static FaultStep Bytes(ReadOnlyMemory<byte> body, string contentType, int status = 200) => new AnswerStep(status, body, contentType);

    /// <summary>429 that says how many seconds to wait, or says nothing.</summary>
    public static FaultStep Throttle(int? retryAfterSeconds = null)
        => new AnswerStep(429, null, Json) { RetryAfter = retryAfterSeconds?.ToString(CultureInfo.InvariantCulture) };

    /// <summary>429 that says until when to wait, as an HTTP date.</summary>
    public static FaultStep ThrottleUntil(DateTimeOffset time)
        => new AnswerStep(429, null, Json) { RetryAfter = time.ToString("R", CultureInfo.InvariantCulture) };

    /// <summary>This status with a Retry-After in seconds, as 503 may carry.</summary>
    public static FaultStep StatusRetryAfter(int status, int seconds)
        => new AnswerStep(status, null, Json) { RetryAfter = seconds.ToString(CultureInfo.InvariantCulture) };

    public static FaultStep Redirect(string location, int status = 302) => new AnswerStep(status, ReadOnlyMemory<byte>.Empty, null) { Location = location };

    /// <summary>A sign-in page with status 200, as a proxy sends.</summary>
    public static FaultStep Html(string body = "<!doctype html><title>Sign in</title><h1>Sign in</h1>", int status = 200)
        => new AnswerStep(status, Bytes(body), "text/html; charset=utf-8");

    /// <summary>Waits, by the company's clock, and then answers as always.</summary>
    public static FaultStep Delay(TimeSpan delay) => new DelayStep(delay);

    /// <summary>Waits until the task is done, and then answers as always.</summary>
    public static FaultStep Hold(Task release) => new HoldStep(release);

    /// <summary>Never answers.</summary>
    public static FaultStep Hang() => new HoldStep(Task.Delay(Timeout.Infinite));

    /// <summary>Sends the right answer in small pieces with pauses, by the company's clock.</summary>
    public static FaultStep Drip(int pieceBytes, TimeSpan pause) => new DripStep(pieceBytes, pause);

    /// <summary>The right answer behind this much white space.</summary>
    public static FaultStep Pad(long bytes) => new PadStep(bytes);

    /// <summary>Only this share of the right answer, framed as if it were all.</summary>
    public static FaultStep Truncate(double keep = 0.5) => new TruncateStep(keep);

    public static FaultStep Reset(DropAt when = DropAt.BeforeWork) => new ResetStep(when);

    /// <summary>Refuses the token as the platform does; forgets it as well, when told to.</summary>
    public static FaultStep RefuseToken(bool forget = false) => new RefuseTokenStep(forget);

    internal static FaultStep? Of(Fault fault) => fault switch
    {
        Fault.Slow => Delay(TimeSpan.FromSeconds(2)),
        Fault.Throttled => Throttle(1),
        Fault.ServerError => Status(500),
        Fault.ExpiredToken => RefuseToken(forget: true),
        Fault.RejectedToken => RefuseToken(),
        Fault.Malformed => Status(200, "{\"results\": [{\"id\": 1,, \"value\": [}"),
        Fault.Huge => Pad(64L << 20),
        Fault.Truncated => Truncate(),
        Fault.ConnectionReset => Reset(),
        _ => null,
    };

    /// <summary>Does it, and goes on with the request through <paramref name="next"/> where there is something to go on with.</summary>
    internal abstract Task ApplyAsync(HttpContext http, FaultScene scene, RequestDelegate next);

    private static ReadOnlyMemory<byte>? Bytes(string? text) => text is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(text);
}
