using System.Diagnostics;
using System.Text.Json;

namespace Sallyport.EndToEnd.Network;

/// <summary>The real program as a user without rights, and with the one right that raw sockets need.</summary>
public sealed class PrivilegeTests : IDisposable
{
    private const string Nobody = "65534";

    private readonly SallyportProgram _program = new();

    public PrivilegeTests()
        => _program.Write("sallyport.yaml", $"state: {{ directory: {_program.Folder}/state }}\ntenants: {{ lab: {{ network: {{ allowedTargets: [RFC1918] }} }} }}\n");

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Without_the_right_a_scan_is_a_connect_scan_and_its_result_says_so()
    {
        using var networks = await NetworksAsync(canOpenRawSockets: false);
        networks.Open(80);

        var result = Result(await _program.RunAsync("call", "net_ports_scan", "--args", $$"""{"target":"{{TwoNetworks.Target}}","ports":"80"}"""));

        Assert.Equal(1, result.GetProperty("totals").GetProperty("ports_open").GetInt32());
        Assert.Contains("no CAP_NET_RAW", result.GetProperty("metadata").GetProperty("scan_downgraded").GetString());
        Assert.Contains("--unprivileged", result.GetProperty("metadata").GetProperty("argv").EnumerateArray().Select(word => word.GetString()));
    }

    [Theory]
    [InlineData("\"scan\":\"syn\"")]
    [InlineData("\"scan\":\"udp\"")]
    [InlineData("\"os_detection\":true")]
    [InlineData("\"traceroute\":true")]
    public async Task Without_the_right_what_needs_it_is_refused_with_the_remedy(string option)
    {
        using var networks = await NetworksAsync(canOpenRawSockets: false);

        var run = await _program.RunAsync("call", "net_ports_scan", "--args", $$"""{"target":"{{TwoNetworks.Target}}","ports":"80",{{option}}}""");

        Assert.Equal(1, run.Code);
        Assert.Contains("privilege_denied", run.Output);
        Assert.Contains("CAP_NET_RAW", run.Output);
    }

    [Fact]
    public async Task With_that_right_alone_everything_that_needs_raw_sockets_runs()
    {
        using var networks = await NetworksAsync(canOpenRawSockets: true);
        networks.Open(80);

        var result = Result(await _program.RunAsync(
            "call", "net_ports_scan", "--args",
            $$"""{"target":"{{TwoNetworks.Target}}","ports":"T:80,81,U:9","scan":"syn_and_udp","os_detection":true,"traceroute":true,"detail":"full","timeout_sec":50}"""));

        var host = Assert.Single(result.GetProperty("hosts").EnumerateArray());
        Assert.Equal(["syn", "udp"], result.GetProperty("scans").EnumerateArray().Select(scan => scan.GetProperty("type").GetString()));
        Assert.Contains(host.GetProperty("ports").EnumerateArray(), port => port.GetProperty("port").GetInt32() == 80 && port.GetProperty("state").GetString() == "open");
        Assert.Equal(TwoNetworks.Target, host.GetProperty("trace").GetProperty("hops")[0].GetProperty("address").GetString());
        Assert.True(host.TryGetProperty("mac", out _));
        Assert.True(result.GetProperty("complete").GetBoolean());
    }

    /// <summary>The networks are made by root; the program in them runs as nobody.</summary>
    private async Task<TwoNetworks> NetworksAsync(bool canOpenRawSockets)
    {
        Assert.SkipUnless(TwoNetworks.WhyNot is null, TwoNetworks.WhyNot ?? "");
        Assert.SkipUnless(File.Exists("/usr/bin/setpriv"), "setpriv (package util-linux) is not installed.");
        using (var chown = Process.Start("chown", ["-R", $"{Nobody}:{Nobody}", _program.Folder]))
            await chown.WaitForExitAsync(TestContext.Current.CancellationToken);
        string[] right = canOpenRawSockets ? ["--inh-caps=+net_raw", "--ambient-caps=+net_raw"] : [];
        _program.Through = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--no-new-privs", .. right];
        Assert.SkipUnless((await _program.RunAsync("--version")).Code == 0, "Other users may not start what was built here.");
        var networks = new TwoNetworks();
        _program.Network = networks.Scanner;
        return networks;
    }

    private static JsonElement Result(Run run)
    {
        Assert.True(run.Code == 0, $"{run.Output}\n{run.Error}");
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
