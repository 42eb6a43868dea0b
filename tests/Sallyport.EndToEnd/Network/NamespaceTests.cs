using System.Text.Json;

namespace Sallyport.EndToEnd.Network;

/// <summary>The real program and the real nmap, against hosts that the test makes in networks of its own.</summary>
public sealed class NamespaceTests : IDisposable
{
    private readonly SallyportProgram _program = new();

    public NamespaceTests()
        => _program.Write("sallyport.yaml", $"state: {{ directory: {_program.Folder}/state }}\ntenants: {{ lab: {{ network: {{ allowedTargets: [RFC1918, ULA] }} }} }}\n");

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("syn")]
    [InlineData("connect")]
    public async Task Open_closed_and_silent_ports_are_told_apart(string scan)
    {
        using var networks = Networks();
        networks.Open(80);
        networks.Filter(82);

        var result = await ScanAsync(networks, $$"""{"target":"{{TwoNetworks.Target}}","ports":"80-82","scan":"{{scan}}","detail":"full"}""");

        var host = Assert.Single(result.GetProperty("hosts").EnumerateArray());
        Assert.Equal(["80 open", "81 closed", "82 filtered"], PortsOf(host));
        Assert.True(result.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task Of_a_whole_network_the_hosts_that_are_up_are_found()
    {
        using var networks = Networks();
        networks.AddHosts(3, 30);

        var result = await RunAsync(networks, "net_hosts_discover", """{"target":"10.77.0.0/26"}""");

        // The scanner itself, the target and the hosts added.
        Assert.Equal(30, result.GetProperty("totals").GetProperty("hosts_up").GetInt32());
        Assert.Contains("10.77.0.30", result.GetProperty("hosts").EnumerateArray().Select(host => host.GetProperty("address").GetString()));
    }

    [Fact]
    public async Task Many_hosts_are_scanned_in_blocks_and_joined()
    {
        using var networks = Networks();
        networks.AddHosts(60, 70);
        networks.Open(22);

        var result = await ScanAsync(networks, """{"target":"10.77.0.0/25","ports":"22"}""");

        var open = result.GetProperty("hosts").EnumerateArray().Where(host => PortsOf(host).Contains("22 open")).Select(host => host.GetProperty("address").GetString()).ToList();
        Assert.Equal(12, open.Count);
        Assert.True(result.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task A_host_is_scanned_over_IPv6_where_the_operator_allows_its_range()
    {
        using var networks = Networks();
        networks.Open(443);

        var result = await ScanAsync(networks, $$"""{"target":"{{TwoNetworks.Target6}}","ports":"443,444","detail":"full"}""");

        var host = Assert.Single(result.GetProperty("hosts").EnumerateArray());
        Assert.Equal((TwoNetworks.Target6, "ipv6"), (host.GetProperty("address").GetString(), host.GetProperty("address_family").GetString()));
        Assert.Equal(["443 open", "444 closed"], PortsOf(host));
    }

    [Fact]
    public async Task A_small_IPv6_network_is_scanned_in_blocks_and_its_host_found()
    {
        using var networks = Networks();
        networks.Open(443);

        var result = await ScanAsync(networks, """{"target":"fd77::/121","ports":"443","host_discovery":"auto"}""");

        var open = result.GetProperty("hosts").EnumerateArray().Where(host => PortsOf(host).Contains("443 open")).Select(host => host.GetProperty("address").GetString());
        Assert.Equal([TwoNetworks.Target6], open);
        Assert.True(result.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task Without_the_token_for_its_range_an_IPv6_host_is_refused()
    {
        using var networks = Networks();
        _program.Write("sallyport.yaml", $"state: {{ directory: {_program.Folder}/state }}\ntenants: {{ lab: {{ network: {{ allowedTargets: [RFC1918] }} }} }}\n");

        var run = await _program.RunAsync("call", "net_ports_scan", "--args", $$"""{"target":"{{TwoNetworks.Target6}}"}""");

        Assert.Equal(1, run.Code);
        Assert.Contains("outside the allowed targets", run.Output);
    }

    [Fact]
    public async Task A_host_that_answers_too_slowly_is_given_up_in_time_and_the_result_says_so()
    {
        using var networks = Networks();
        networks.SlowDown();

        var result = await ScanAsync(networks, $$"""{"target":"{{TwoNetworks.Target}}","ports":"1-2000","timeout_sec":4}""");

        Assert.False(result.GetProperty("complete").GetBoolean());
        Assert.True(result.GetProperty("timed_out").GetBoolean());
        Assert.InRange(result.GetProperty("execution_time").GetDouble(), 3.5, 30);
    }

    [Fact]
    public async Task An_address_where_nothing_is_has_no_host()
    {
        using var networks = Networks();

        var result = await RunAsync(networks, "net_hosts_discover", """{"target":"10.77.0.200"}""");

        Assert.Equal(0, result.GetProperty("totals").GetProperty("hosts_up").GetInt32());
    }

    private static TwoNetworks Networks()
    {
        Assert.SkipUnless(TwoNetworks.WhyNot is null, TwoNetworks.WhyNot ?? "");
        return new TwoNetworks();
    }

    private Task<JsonElement> ScanAsync(TwoNetworks networks, string arguments) => RunAsync(networks, "net_ports_scan", arguments);

    private async Task<JsonElement> RunAsync(TwoNetworks networks, string tool, string arguments)
    {
        _program.Network = networks.Scanner;
        var run = await _program.RunAsync("call", tool, "--args", arguments);
        Assert.True(run.Code == 0, $"{run.Output}\n{run.Error}");
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static IEnumerable<string> PortsOf(JsonElement host) => host.TryGetProperty("ports", out var ports)
        ? ports.EnumerateArray().Select(port => $"{port.GetProperty("port").GetInt32()} {port.GetProperty("state").GetString()}")
        : [];
}
