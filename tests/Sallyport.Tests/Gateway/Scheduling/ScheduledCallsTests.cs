using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Core;
using Sallyport.Core.Scheduling;
using Sallyport.Core.Settings;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Scheduling;

namespace Sallyport.Tests.Gateway.Scheduling;

public sealed class ScheduledCallsTests
{
    [Fact]
    public async Task A_call_is_made_at_its_time_as_the_schedule_and_audited()
    {
        var ran = new SemaphoreSlim(0);
        var connector = new Scheduling(TestConnector.Reading(ran: () => ran.Release()), "30 9 * * *");
        await using var gateway = await TestGateway.StartAsync(connector, new object());
        using var stop = new CancellationTokenSource();
        var running = Scheduled(gateway, connector).RunAsync(stop.Token);

        await gateway.Clock.TimerSetAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(0, ran.CurrentCount);
        gateway.Clock.Advance(TimeSpan.FromMinutes(30));
        await ran.WaitAsync();
        // The next time is a day away, slept in hours.
        await gateway.Clock.TimerSetAsync(TimeSpan.FromHours(1));
        await stop.CancelAsync();
        await running;

        var opened = gateway.AuditRecords().Single(record => record.GetProperty("event").GetString() == "open");
        Assert.Equal(("schedule:nightly", "test_things_list"), (opened.GetProperty("caller").GetString(), opened.GetProperty("tool").GetString()));
    }

    [Fact]
    public async Task A_schedule_may_do_what_its_role_may_and_goes_on_after_a_refusal()
    {
        var connector = new Scheduling(TestConnector.Writing(ran: () => Assert.Fail("A reader wrote.")), "* * * * *", "reader");
        await using var gateway = await TestGateway.StartAsync(connector, new object());
        using var stop = new CancellationTokenSource();
        var running = Scheduled(gateway, connector).RunAsync(stop.Token);

        for (var minute = 0; minute < 2; minute++)
        {
            await gateway.Clock.TimerSetAsync(TimeSpan.FromMinutes(1));
            gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await gateway.Clock.TimerSetAsync(TimeSpan.FromMinutes(1));
        await stop.CancelAsync();
        await running;

        Assert.Equal(["open", "close refused forbidden", "open", "close refused forbidden"], gateway.AuditLines());
    }

    [Fact]
    public async Task Without_schedules_there_is_nothing_to_run()
    {
        await using var gateway = await TestGateway.StartAsync(TestConnector.Reading());

        await new ScheduledCalls(gateway.Pipeline, gateway.Tenants, [new TestConnector([])], NullLogger.Instance, gateway.Clock).RunAsync(default);
    }

    private static ScheduledCalls Scheduled(TestGateway gateway, IConnector connector)
        => new(gateway.Pipeline, gateway.Tenants, [connector], NullLogger.Instance, gateway.Clock);

    /// <summary>A platform with one tool and one schedule that calls it.</summary>
    private sealed class Scheduling(Tool tool, string cron, string role = "scanner") : IConnector
    {
        private readonly TestConnector _platform = new([tool]);

        public string Id => _platform.Id;

        public string Title => _platform.Title;

        public IReadOnlyList<Tool> Tools => _platform.Tools;

        public SettingsType Settings => _platform.Settings;

        public IReadOnlyList<ScheduledCall> SchedulesOf(object settings) => [new ScheduledCall("nightly", CronExpression.TryParse(cron, out _)!, role, tool.Name, "{}"u8.ToArray())];

        public IAsyncDisposable Connect(object settings, UpstreamContext context) => _platform.Connect(settings, context);

        public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken) => _platform.ProbeAsync(client, cancellationToken);
    }
}
