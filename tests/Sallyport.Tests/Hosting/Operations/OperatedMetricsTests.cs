using System.Text.Json;
using Sallyport.Tests.Hosting.Observing;

namespace Sallyport.Tests.Hosting.Operations;

/// <summary>What metrics tell of the gate's own upkeep. Other tests count into the same series.</summary>
public sealed class OperatedMetricsTests
{
    [Fact]
    public async Task Settings_read_anew_are_counted_by_what_became_of_them()
    {
        using var scrape = new Scrape();
        await using var gate = await OperatedGate.StartAsync();
        var changed = $"{OperatedGate.Callers}\n{OperatedGate.Tenants.Replace("first", "second")}";

        await gate.ReloadAsync(changed);
        await gate.ReloadAsync(changed);
        await gate.ReloadAsync("tenants: [");

        Assert.All((string[])["applied", "unchanged", "rejected"], result => Assert.Single(scrape.Lines($$"""mcp_config_reload_total{result="{{result}}"}""")));
    }

    [Fact]
    public async Task Health_is_there_as_numbers_and_of_tenants_only_for_those_granted_them()
    {
        using var scrape = new Scrape();
        await using var gate = await OperatedGate.StartAsync();
        await gate.Operations.Health.LookAsync(TestContext.Current.CancellationToken);

        var page = scrape.Text(tenant => tenant == "contoso");

        Assert.Contains("mcp_health_status{check=\"overall\"} ", page, StringComparison.Ordinal);
        Assert.Contains("mcp_health_status{check=\"audit\"} 0", page, StringComparison.Ordinal);
        Assert.Contains("mcp_health_status{check=\"platform_contoso_lamp\",tenant=\"contoso\"} ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("tenant=\"fabrikam\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_receiver_of_the_audit_has_a_check_and_a_number_of_its_own()
    {
        using var scrape = new Scrape();
        var kept = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using (var gate = await OperatedGate.StartAsync($"audit: {{ syslog: 'tcp://127.0.0.1:9', checkpoints: {{ file: '{kept}' }} }}\n{OperatedGate.Callers}\n{OperatedGate.Tenants}"))
        {
            JsonElement checks;
            do
                checks = (await gate.GetAsync("/health")).Json.GetProperty("checks");
            while (checks.GetProperty("audit_syslog").GetProperty("status").GetString() == "healthy" || !File.Exists(kept));

            Assert.Equal("unhealthy", checks.GetProperty("audit_syslog").GetProperty("status").GetString());
            Assert.Contains("bytes wait for it", checks.GetProperty("audit_syslog").GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Equal("healthy", checks.GetProperty("audit_checkpoint_file").GetProperty("status").GetString());
            Assert.Contains("sallyport_audit_sink_up{sink=\"syslog\"} 0", scrape.Lines("sallyport_audit_sink_up"));
            Assert.Contains("sallyport_audit_sink_up{sink=\"checkpoint-file\"} 1", scrape.Lines("sallyport_audit_sink_up"));
        }

        File.Delete(kept);
    }

    [Fact]
    public async Task Audit_records_are_counted_by_what_they_record()
    {
        // A gate of another test that ends meanwhile takes the series of the same name with it; then a fresh one is asked.
        List<string> lines = [];
        for (var attempt = 0; attempt < 5 && !Counted(lines); attempt++)
        {
            using var scrape = new Scrape();
            await using var gate = await OperatedGate.StartAsync();
            await gate.LabelAsync();
            lines = [.. scrape.Lines("sallyport_audit_")];
        }

        Assert.True(Counted(lines), string.Join('\n', lines));
        Assert.Contains("sallyport_audit_up 1", lines);

        static bool Counted(List<string> lines) => ((string[])["open", "close", "start"]).All(name
            => lines.Any(line => line.StartsWith($$"""sallyport_audit_records_total{event="{{name}}"} """, StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal)));
    }
}
