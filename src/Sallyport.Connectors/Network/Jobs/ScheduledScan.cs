using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Core.Scheduling;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Network.Jobs;

/// <summary>A scan that is started by the clock. Its result is found among the background scans, under its name as correlation id.</summary>
internal sealed record ScheduledScan(
    [Description("Names the scan in results, audit and logs."), RegularExpression("^[a-z0-9][a-z0-9-]{0,40}$")] string Name,
    [Description("Minute, hour, day of month, month, day of week in UTC, as cron writes them; or @hourly, @daily, @weekly, @monthly."), StringLength(100)] string Cron,
    [Description("What to scan: the arguments of net_ports_scan, in this file's spelling.")] ScanPorts Scan,
    [Description("Role the call is made with.")] string Role = "scanner")
{
    public static IEnumerable<SchemaError> Check(IReadOnlyList<ScheduledScan> schedules)
    {
        for (var i = 0; i < schedules.Count; i++)
        {
            if (CronExpression.TryParse(schedules[i].Cron, out var problem) is null) yield return new SchemaError($"schedules[{i}].cron", problem);
            if (schedules.Take(i).Any(other => other.Name == schedules[i].Name)) yield return new SchemaError($"schedules[{i}].name", "is the name of another schedule");
        }
    }

    /// <summary>A call to start it, from settings that have been checked.</summary>
    public ScheduledCall ToCall() => new(
        Name, CronExpression.TryParse(Cron, out var problem) ?? throw new FormatException(problem), Role, JobTools.StartName,
        JsonSerializer.SerializeToUtf8Bytes(Scan with { CorrelationId = $"schedule:{Name}", WaitSec = null }, NetworkToolsJson.Default.ScanPorts));
}
