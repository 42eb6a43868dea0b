using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Sallyport.Hosting.Observing;

/// <summary>
/// Lets the gate begin only so many traces a second, so that a flood of calls floods no collector. What a caller began is
/// decided by the caller's own mark.
/// </summary>
internal sealed class NewTraceSampler(int perSecond, TimeProvider time) : Sampler
{
    private readonly long _started = time.GetTimestamp();
    private readonly Lock _lock = new();
    private long _second;
    private int _begun;

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
        // Requests outside a call, such as those of health checks, are no traces of their own.
        => new(samplingParameters.Kind == ActivityKind.Server && MayBegin() ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);

    private bool MayBegin()
    {
        var second = (long)time.GetElapsedTime(_started).TotalSeconds;
        lock (_lock)
        {
            if (second != _second)
                (_second, _begun) = (second, 0);
            return _begun++ < perSecond;
        }
    }
}
