using System.Diagnostics;
using OpenTelemetry.Trace;
using Sallyport.Hosting.Observing;

namespace Sallyport.Tests.Hosting.Observing;

public sealed class NewTraceSamplerTests
{
    private readonly FakeClock _clock = new();
    private readonly ParentBasedSampler _sampler;

    public NewTraceSamplerTests() => _sampler = new ParentBasedSampler(new NewTraceSampler(3, _clock));

    [Fact]
    public void A_flood_of_calls_begins_only_so_many_traces_a_second()
    {
        Assert.Equal(3, Begun(10));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(3, Begun(10));
    }

    [Theory]
    [InlineData(ActivityTraceFlags.Recorded, SamplingDecision.RecordAndSample)]
    [InlineData(ActivityTraceFlags.None, SamplingDecision.Drop)]
    public void What_a_caller_began_is_recorded_when_the_caller_marked_it_so(ActivityTraceFlags mark, SamplingDecision decision)
    {
        Begun(10);
        var parent = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), mark, isRemote: true);

        Assert.Equal(decision, Sample(parent, ActivityKind.Server));
    }

    [Fact]
    public void A_request_outside_a_call_is_no_trace_of_its_own()
        => Assert.Equal(SamplingDecision.Drop, Sample(default, ActivityKind.Client));

    private int Begun(int calls) => Enumerable.Range(0, calls).Count(_ => Sample(default, ActivityKind.Server) == SamplingDecision.RecordAndSample);

    private SamplingDecision Sample(ActivityContext parent, ActivityKind kind)
        => _sampler.ShouldSample(new SamplingParameters(parent, ActivityTraceId.CreateRandom(), "tools/call x", kind)).Decision;
}
