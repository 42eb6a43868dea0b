using System.Net;

namespace Sallyport.Core.Http;

/// <summary>Which failures are worth another attempt, and how long to wait before it.</summary>
internal static class Retries
{
    private static readonly TimeSpan LongestJitter = TimeSpan.FromSeconds(8);

    public static bool IsTransient(HttpStatusCode status) => (int)status is 429 or 500 or 502 or 503 or 504;

    public static bool Allows(UpstreamRetry retry, HttpStatusCode status) => retry switch
    {
        UpstreamRetry.Reads => IsTransient(status),
        UpstreamRetry.IfNotExecuted or UpstreamRetry.CostlyReads => (int)status is 429 or 503,
        _ => false,
    };

    public static bool Allows(UpstreamRetry retry, UpstreamException fault) => retry switch
    {
        UpstreamRetry.Reads => fault.Failure is UpstreamFailure.Timeout or UpstreamFailure.Unavailable or UpstreamFailure.InvalidResponse,
        UpstreamRetry.IfNotExecuted or UpstreamRetry.CostlyReads => Faults.WasNeverSent(fault),
        _ => false,
    };

    /// <summary>What the platform asks for, capped; else anywhere in a window that doubles from one second to eight.</summary>
    public static TimeSpan Wait(int attempt, TimeSpan? asked, TimeSpan longest)
    {
        if (asked is { } wait)
            return wait < longest ? wait : longest;
        var window = Math.Min(Math.Pow(2, attempt), LongestJitter.TotalSeconds);
        return TimeSpan.FromSeconds(Random.Shared.NextDouble() * window);
    }
}
