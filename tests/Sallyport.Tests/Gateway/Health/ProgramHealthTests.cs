using Sallyport.Core.Processes;
using Sallyport.Core.Resilience;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Health;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Tests.Gateway.Health;

public sealed class ProgramHealthTests
{
    [Theory]
    [InlineData("sh", CircuitState.Closed, HealthStatus.Healthy, "CLOSED")]
    [InlineData("sh", CircuitState.HalfOpen, HealthStatus.Healthy, "HALF_OPEN")]
    [InlineData("sh", CircuitState.Open, HealthStatus.Degraded, "OPEN")]
    [InlineData("sh", null, HealthStatus.Healthy, null)]
    [InlineData("no-such-program", CircuitState.Open, HealthStatus.Unhealthy, "OPEN")]
    public async Task A_tool_is_as_well_as_its_program_and_its_circuit(string program, CircuitState? circuit, HealthStatus expected, string? shown)
    {
        var tool = TestConnector.Reading("test_things_scan") with { Alias = "ScanTool", Program = new ExternalProgram(program, "dash") };
        var entry = new CatalogEntry(new TestConnector([tool]), tool, tool.Input);

        var only = circuit is { } state ? new ToolsOfTenant("contoso", _ => state, _ => ["CAP_NET_RAW"]) : null;

        var check = Assert.Single(ProgramHealth.Each([entry], ProgramFinder.System, ProgramVersions.System, only));
        var finding = await check.LookAsync(TestContext.Current.CancellationToken);

        Assert.Equal("tool_ScanTool", check.Name);
        // Where a circuit is shown it is shown as it is now, and to nobody who is not granted its tenant.
        Assert.Equal((circuit is null ? null : "contoso", circuit is not null), (check.Tenant, check.IsInstant));
        Assert.Equal(expected, finding.Status);
        Assert.Equal(shown, (string?)finding.Metadata!["circuit_breaker"]);
        Assert.Equal(circuit is null ? null : "CAP_NET_RAW", (string?)finding.Metadata["privileges"]?[0]);
    }
}
