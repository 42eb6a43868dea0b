using System.Text.Json;

namespace Sallyport.EndToEnd.Observing;

public sealed class LogTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_line_of_a_json_log_is_an_object_and_tells_start_calls_and_end()
    {
        await using var gate = await ObservedGate.StartAsync("logFormat: json, logFile: 'gate.log'");
        await gate.CallAsync("vectra_detections_list", "{}", Cancel);
        await gate.CallAsync("vectra_detections_list", """{"limit":"canary"}""", Cancel);
        await gate.CallAsync("canary_tool", "{}", Cancel);
        await gate.EndAsync(Cancel);

        var text = await File.ReadAllTextAsync(Path.Combine(gate.Folder, "gate.log"), Cancel);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.All(lines, line => Assert.EndsWith("Z", line.GetProperty("ts").GetString(), StringComparison.Ordinal));
        var events = lines.Where(line => line.TryGetProperty("event", out _)).Select(line => line.GetProperty("event").GetString()).ToList();
        Assert.Equal("server-starting", events[0]);
        Assert.Contains("tool-invoked", events);
        Assert.Contains("tool-failed", events);
        Assert.Contains("tool-unknown", events);
        Assert.Equal("server-interrupted", events[^1]);
        Assert.Equal("upstream_unavailable", lines.First(line => line.TryGetProperty("error_code", out _)).GetProperty("error_code").GetString());
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
    }
}
