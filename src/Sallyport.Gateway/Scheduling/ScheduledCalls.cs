using Microsoft.Extensions.Logging;
using Sallyport.Core;
using Sallyport.Core.Scheduling;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Scheduling;

/// <summary>Makes the calls that tenants' settings ask for by the clock. Every gate and the audit see them like any other call.</summary>
public sealed partial class ScheduledCalls(
    ToolCallPipeline pipeline, TenantDirectory tenants, IReadOnlyList<IConnector> connectors, ILogger log, TimeProvider time)
{
    /// <summary>Longest sleep, so that a clock that was set is noticed.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    /// <summary>Runs until it is cancelled. A time that passes while the gate is down, or while the call before still runs, is left out.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken, cancellationToken);

    /// <param name="enough">Cancelled when no further call is wanted; one that runs goes on.</param>
    public async Task RunAsync(CancellationToken enough, CancellationToken cancellationToken)
    {
        var schedules = from tenant in tenants.Tenants
                        from connector in connectors
                        where tenant.Has(connector.Id)
                        from call in connector.SchedulesOf(tenant.Connectors[connector.Id])
                        select RunAsync(tenant.Id, call, enough, cancellationToken);
        try
        {
            await Task.WhenAll(schedules);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested || cancellationToken.IsCancellationRequested)
        {
            // The gate stops, or plans anew.
        }
    }

    private async Task RunAsync(string tenant, ScheduledCall call, CancellationToken enough, CancellationToken cancellationToken)
    {
        while (call.When.Next(time.GetUtcNow()) is { } next)
        {
            for (TimeSpan left; (left = next - time.GetUtcNow()) > TimeSpan.Zero;)
                await Task.Delay(left < LongestSleep ? left : LongestSleep, time, enough);
            var caller = new Caller($"schedule:{call.Name}", call.Role, [tenant], "schedule");
            var outcome = await pipeline.RunAsync(new ToolCallRequest(caller, call.Tool, call.Arguments), cancellationToken);
            if (outcome is not ToolOutcome.Succeeded) LogNotDone(log, call.Name, tenant, call.Tool, outcome.Problem?.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, EventName = "schedule-not-done", Message = "Schedule {Schedule} of tenant {Tenant}: {Tool} was not done ({Code})")]
    private static partial void LogNotDone(ILogger log, string schedule, string tenant, string tool, string? code);
}
