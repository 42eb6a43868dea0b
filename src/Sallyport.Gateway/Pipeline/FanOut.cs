using System.Buffers;
using System.Text.Json;
using Sallyport.Core;
using Sallyport.Core.Resilience;
using Sallyport.Core.Tools;

namespace Sallyport.Gateway.Pipeline;

/// <summary>One question to several tenants: each its own call with its own audit, joined with one status per tenant.</summary>
internal static class FanOut
{
    private const int SmallestShare = 2_000;
    private const int Frame = 200;

    public static async Task<ToolOutcome> RunAsync(
        ToolCallPipeline pipeline, IReadOnlyList<ToolCall> calls, PipelineParts parts, CancellationToken cancellationToken)
    {
        var outcomes = new ToolOutcome[calls.Count];
        var share = Math.Max(SmallestShare, (parts.Limits.ResponseBytes / calls.Count) - Frame);
        var durations = new TimeSpan[calls.Count];
        var done = 0;
        using var places = new SemaphoreSlim(parts.TenantsAtOnce);
        await Task.WhenAll(Enumerable.Range(0, calls.Count).Select(index => Slot.RunAsync(places, Timeout.InfiniteTimeSpan, async () =>
        {
            var started = parts.Time.GetTimestamp();
            outcomes[index] = await pipeline.RunAsync(calls[index], share, cancellationToken);
            durations[index] = parts.Time.GetElapsedTime(started);
            calls[index].Progress?.Report(new ToolProgress(Interlocked.Increment(ref done), calls.Count, calls[index].Tenant.Id));
            return outcomes[index];
        }, cancellationToken)));
        var id = CallId.New(parts.Time);
        var joined = new ToolOutcome.Succeeded(id, Join(calls, outcomes, durations), [.. outcomes.OfType<ToolOutcome.Succeeded>().SelectMany(outcome => outcome.Attachments)]);
        return outcomes.Any(outcome => outcome is ToolOutcome.Succeeded)
            ? joined
            : new ToolOutcome.Failed(id, new ToolError(outcomes[0].Problem!.Code, $"Every tenant failed. {outcomes[0].Problem!.Message}") { Hint = Codes(calls, outcomes) });
    }

    /// <summary>One status per tenant, also when there is nothing to join.</summary>
    private static string Codes(IReadOnlyList<ToolCall> calls, ToolOutcome[] outcomes)
        => string.Join("; ", calls.Zip(outcomes, (call, outcome) => $"{call.Tenant.Id}: {outcome.Problem!.Code}"));

    private static ReadOnlyMemory<byte> Join(IReadOnlyList<ToolCall> calls, ToolOutcome[] outcomes, TimeSpan[] durations)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, PlainJson.Options);
        writer.WriteStartObject();
        writer.WriteBoolean("fan_out", true);
        writer.WriteStartArray("tenants");
        foreach (var call in calls)
            writer.WriteStringValue(call.Tenant.Id);
        writer.WriteEndArray();
        writer.WriteStartArray("results");
        for (var i = 0; i < calls.Count; i++)
            Write(writer, calls[i], outcomes[i], durations[i]);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, ToolCall call, ToolOutcome outcome, TimeSpan duration)
    {
        writer.WriteStartObject();
        writer.WriteString("tenant", call.Tenant.Id);
        writer.WriteNumber("duration_ms", (long)duration.TotalMilliseconds);
        if (outcome is ToolOutcome.Succeeded succeeded)
        {
            writer.WritePropertyName("result");
            writer.WriteRawValue(succeeded.Json.Span, skipInputValidation: true);
        }
        else
        {
            ErrorJson.Write(writer, outcome.CallId, outcome.Problem!);
        }

        writer.WriteEndObject();
    }
}
