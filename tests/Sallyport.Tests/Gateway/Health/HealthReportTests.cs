using System.Text.Json;
using Sallyport.Gateway.Health;
using Sallyport.Gateway.Identity;

namespace Sallyport.Tests.Gateway.Health;

public sealed class HealthReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 11, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("C:healthy I:healthy N:healthy", "healthy")]
    [InlineData("C:unhealthy I:healthy N:healthy", "unhealthy")]
    [InlineData("C:unhealthy I:unhealthy N:unhealthy", "unhealthy")]
    [InlineData("C:degraded I:healthy N:healthy", "degraded")]
    [InlineData("C:healthy I:unhealthy N:healthy", "degraded")]
    [InlineData("C:healthy I:degraded N:healthy", "degraded")]
    [InlineData("C:healthy I:healthy N:degraded", "healthy")]
    [InlineData("C:healthy I:healthy N:unhealthy N:healthy", "healthy")]
    [InlineData("C:healthy I:healthy N:unhealthy N:unhealthy", "degraded")]
    [InlineData("C:healthy I:healthy", "healthy")]
    [InlineData("", "degraded")]
    public void All_checks_together_say_how_the_gate_is(string checks, string overall)
        => Assert.Equal(overall, HealthBody.Word(Report(checks).Overall));

    [Fact]
    public void A_caller_sees_nothing_about_tenants_that_are_not_granted()
    {
        var report = new HealthReport(Now, [Checked("audit", HealthPriority.Critical), Checked("platform_a", HealthPriority.Important, tenant: "a"), Checked("platform_b", HealthPriority.Important, HealthStatus.Unhealthy, "b")]);

        var seen = report.For(new Caller("x", "reader", ["a"], "token"));

        Assert.Equal(["audit", "platform_a"], seen.Checks.Select(check => check.Name));
        Assert.Equal((HealthStatus.Degraded, HealthStatus.Healthy), (report.Overall, seen.Overall));
    }

    [Fact]
    public void The_answer_has_every_member_that_scripts_read()
    {
        var report = Report("C:healthy I:degraded N:unhealthy");

        using var body = JsonDocument.Parse(HealthBody.Write(report, [report, report], TimeSpan.FromSeconds(61), "http"));
        var root = body.RootElement;

        Assert.Equal(["status", "timestamp", "transport", "checks", "summary"], root.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("degraded", "2026-05-11T09:00:00Z", "http"), (root.GetProperty("status").GetString(), root.GetProperty("timestamp").GetString(), root.GetProperty("transport").GetString()));
        var check = root.GetProperty("checks").GetProperty("check1");
        Assert.Equal(["name", "status", "message", "priority", "priority_name", "timestamp", "duration", "metadata"], check.EnumerateObject().Select(member => member.Name));
        Assert.Equal((1, "IMPORTANT"), (check.GetProperty("priority").GetInt32(), check.GetProperty("priority_name").GetString()));
        var summary = root.GetProperty("summary");
        string[] members =
        [
            "total_checks", "healthy_checks", "degraded_checks", "unhealthy_checks", "overall_status", "timestamp", "age_seconds", "is_stale",
            "average_duration", "priority_breakdown", "check_priorities", "history",
        ];
        Assert.Equal(members, summary.EnumerateObject().Select(member => member.Name));
        Assert.Equal((3, 1, 1, 1), (Number("total_checks"), Number("healthy_checks"), Number("degraded_checks"), Number("unhealthy_checks")));
        Assert.True(summary.GetProperty("is_stale").GetBoolean());
        Assert.Equal("""{"total":1,"healthy":0,"degraded":1,"unhealthy":0}""", summary.GetProperty("priority_breakdown").GetProperty("important").GetRawText());
        Assert.Equal(2, summary.GetProperty("history").GetArrayLength());

        int Number(string name) => summary.GetProperty(name).GetInt32();
    }

    private static HealthReport Report(string checks) => new(Now, [.. checks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((check, index) => Checked(
        $"check{index}",
        check[0] switch { 'C' => HealthPriority.Critical, 'I' => HealthPriority.Important, _ => HealthPriority.Informational },
        Enum.Parse<HealthStatus>(check[2..], ignoreCase: true)))]);

    private static CheckedHealth Checked(string name, HealthPriority priority, HealthStatus status = HealthStatus.Healthy, string? tenant = null)
    {
        var finding = new HealthFinding(status, "A sentence.");
        return new CheckedHealth(HealthCheck.Of(name, priority, () => finding) with { Tenant = tenant }, finding, Now, TimeSpan.FromMilliseconds(2));
    }
}
