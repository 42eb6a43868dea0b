using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.Connectors.Network.Nmap.Results;

namespace Sallyport.Tests.Connectors.Network.Nmap.Results;

/// <summary>Recorded nmap outputs against the facts that an independent parser found in them.</summary>
public sealed class NmapXmlFixtureTests
{
    private const string Folder = "data/nmap";

    [Fact]
    public void Every_recorded_output_is_read_with_the_facts_that_its_index_lists()
    {
        var files = Index();
        foreach (var facts in files)
        {
            var run = Read(facts["file"]!.GetValue<string>());
            var expected = facts["run"]?.AsObject();

            Assert.Equal(facts["document_complete"]!.GetValue<bool>(), run.Complete);
            Assert.Equal(run.Complete, run.IncompleteReason is null);
            Assert.Equal(expected?["exit"]?.GetValue<string>(), run.Exit);
            Assert.Equal(expected?["elapsed_seconds"]?.GetValue<double>(), run.ElapsedSeconds);
            Assert.Equal(expected?["error_message"]?.GetValue<string>(), run.ErrorMessage);
            if (expected is not null)
            {
                Assert.Equal(
                    (expected["hosts_up"]!.GetValue<int>(), expected["hosts_down"]!.GetValue<int>(), expected["hosts_total"]!.GetValue<int>()),
                    (run.Totals.HostsUp, run.Totals.HostsDown, run.Totals.HostsTotal));
            }

            var hosts = facts["hosts"]!.AsArray();
            Assert.Equal(hosts.Count, run.Hosts.Count);
            foreach (var (fact, host) in hosts.Zip(run.Hosts)) AssertHost(fact!.AsObject(), host);
        }

        Assert.Equal(15, files.Count);
    }

    [Fact]
    public void A_document_cut_anywhere_never_throws_and_never_invents_a_host()
    {
        foreach (var file in Index().Select(facts => facts["file"]!.GetValue<string>()))
        {
            var bytes = File.ReadAllBytes(PathOf(file));
            var whole = Read(file);
            for (var length = 0; length < bytes.Length; length += 50)
            {
                var cut = NmapXml.Read(new MemoryStream(bytes, 0, length));

                Assert.False(cut.Complete && whole.Complete && length < bytes.Length - 20);
                Assert.Equal(whole.Hosts.Take(cut.Hosts.Count).Select(host => host.Address), cut.Hosts.Select(host => host.Address));
                Assert.All(whole.Hosts.Zip(cut.Hosts), pair => Assert.Equal(pair.First.Ports?.Count, pair.Second.Ports?.Count));
            }
        }
    }

    [Fact]
    public void Script_tables_become_objects_and_arrays()
    {
        var ports = Read("scripts-tls-ssh-smtp.xml").Hosts[0].Ports!;

        var hostKey = ports.First(port => port.Port == 22).Scripts![0].Structured!;
        Assert.Equal("ssh-ed25519", hostKey[0]!["type"]!.GetValue<string>());
        var certificate = ports.First(port => port.Port == 443).Scripts!.First(script => script.Id == "ssl-cert").Structured!;
        Assert.Equal("web1.lab.internal", certificate["subject"]!["commonName"]!.GetValue<string>());
        Assert.Equal("CA:TRUE", certificate["extensions"]![2]!["value"]!.GetValue<string>());
        Assert.StartsWith("-----BEGIN CERTIFICATE-----\n", certificate["pem"]!.GetValue<string>(), StringComparison.Ordinal);
        var post = Assert.Single(Read("hostscript-postscript.xml").PostScripts!);
        Assert.Equal("10.77.0.10", post.Structured!["22/tcp"]![0]!.GetValue<string>());
    }

    [Fact]
    public void Details_that_only_some_runs_have_are_read()
    {
        var host = Read("os-and-traceroute.xml").Hosts[0];

        Assert.Equal(["cpe:/o:linux:linux_kernel:5"], host.Os!.Matches[0].Classes![0].Cpe!);
        Assert.Equal(new NmapPortUsed(43721, "udp", "closed"), host.Os.PortsUsed![2]);
        Assert.True(host.Os.FingerprintPresent);
        Assert.Equal((1, "All zeros", 262), (host.UptimeSeconds, host.IpIdSequence, host.TcpSequence!.Index));
        Assert.Equal((443, "tcp", 0.078), (host.Trace!.Port, host.Trace.Protocol, host.LatencyMs));
        Assert.Equal(new DateTime(2026, 11, 20, 21, 51, 23, DateTimeKind.Utc), host.Started);
        var services = Read("services-two-hosts.xml");
        Assert.Equal([new NmapScan("syn", "tcp", 9, "21-22,25,53,110,7777,8080,8443,9090")], services.Scans!);
        Assert.True(services.Hosts[1].Ports!.First(port => port.Port == 7777).Service!.FingerprintPresent);
        Assert.Equal("mail1.lab.internal", services.Hosts[1].Ports!.First(port => port.Port == 25).Service!.Hostname);
        Assert.Equal((0, "syn-ack"), (Read("hostile-banner.xml").Hosts[0].Ports![0].ReasonTtl, Read("hostile-banner.xml").Hosts[0].Ports![0].Reason));
    }

    [Fact]
    public void The_compact_view_keeps_what_is_open_and_counts_the_rest()
    {
        var web = NmapView.Compact(Read("services-two-hosts.xml").Hosts[0]);

        Assert.Equal([22, 8080], web.Ports!.Select(port => port.Port));
        Assert.Equal([("closed", 5), ("filtered", 2)], web.OtherPorts!.Select(other => (other.State, other.Count)));
        Assert.Equal([("no-response", 1), ("admin-prohibited", 1)], web.OtherPorts![1].Reasons!.Select(reason => (reason.Reason, reason.Count)));
        Assert.Single(NmapView.Compact(Read("os-and-traceroute.xml").Hosts[0]).Os!.Matches);
        var firewall = NmapView.Compact(Read("firewalled-extraports.xml").Hosts[0]);
        Assert.Equal([("filtered", 998), ("closed", 1)], firewall.OtherPorts!.Select(other => (other.State, other.Count)));
    }

    [Fact]
    public void Hosts_that_are_down_can_be_left_out_and_stay_counted()
    {
        var run = NmapView.WithoutDownHosts(Read("discovery-verbose-down.xml"));

        Assert.Equal(["10.77.0.30"], run.Hosts.Select(host => host.Address));
        Assert.Equal(3, run.Totals.HostsDown);
    }

    private static void AssertHost(JsonObject fact, NmapHost host)
    {
        Assert.Equal(Text(fact, "address"), host.Address);
        Assert.Equal(Text(fact, "status"), host.Status);
        Assert.Equal(Text(fact, "status_reason"), host.StatusReason);
        Assert.Equal(Text(fact, "address_family"), host.AddressFamily);
        Assert.Equal(Text(fact, "mac"), host.Mac);
        Assert.Equal(Text(fact, "mac_vendor"), host.MacVendor);
        Assert.Equal(fact["timed_out"]?.GetValue<bool>(), host.TimedOut);
        Assert.Equal(fact["distance"]?.GetValue<int>(), host.Distance);
        Assert.Equal(
            Rows(fact["hostnames"]).Select(name => (Text(name, "name"), Text(name, "type"))),
            host.Hostnames?.Select(name => ((string?)name.Name, name.Type)) ?? []);
        Assert.Equal(
            (fact["ports"]?.AsObject() ?? []).SelectMany(state => state.Value!.AsArray().Select(port => $"{state.Key} {port}")).Order(),
            (host.Ports ?? []).Select(port => $"{port.State} {port.Port}/{port.Protocol}").Order());
        Assert.Equal(
            Rows(fact["extra_ports"]).Select(extra => (Text(extra, "state"), extra["count"]!.GetValue<int>())),
            (host.OtherPorts ?? []).Select(other => ((string?)other.State, other.Count)));
        Assert.Equal(
            (fact["probed_services"]?.AsObject() ?? []).Select(service => Service(service.Key, service.Value!.AsObject())).Order(),
            (host.Ports ?? []).Where(port => port.Service?.Method == "probed").Select(port => Service(port)).Order());
        Assert.Equal(
            (fact["port_scripts"]?.AsObject() ?? []).SelectMany(port => port.Value!.AsArray().Select(id => $"{port.Key} {id}")),
            (host.Ports ?? []).SelectMany(port => (port.Scripts ?? []).Select(script => $"{port.Port}/{port.Protocol} {script.Id}")));
        Assert.Equal((fact["host_scripts"]?.AsArray() ?? []).Select(id => id!.GetValue<string>()), (host.HostScripts ?? []).Select(script => script.Id));
        if (fact["os_best"] is { } os)
        {
            Assert.Equal(
                (os["name"]!.GetValue<string>(), os["accuracy"]!.GetValue<int>(), os["candidates"]!.GetValue<int>()),
                (host.Os!.Matches[0].Name, host.Os.Matches[0].Accuracy, host.Os.Matches.Count));
        }

        Assert.Equal(
            Rows(fact["trace"]).Select(hop => (hop["ttl"]!.GetValue<int>(), Text(hop, "address"), (double?)hop["rtt_ms"]!.GetValue<double>())),
            (host.Trace?.Hops ?? []).Select(hop => (hop.Ttl, hop.Address, hop.RttMs)));
    }

    private static string Service(string port, JsonObject fact)
        => string.Join('|', port, Text(fact, "name"), Text(fact, "product")?.Trim(), Text(fact, "version"), Text(fact, "extrainfo"), Text(fact, "tunnel"));

    private static string Service(NmapPort port)
        => string.Join('|', $"{port.Port.ToString(CultureInfo.InvariantCulture)}/{port.Protocol}", port.Service!.Name, port.Service.Product, port.Service.Version, port.Service.ExtraInfo, port.Service.Tunnel);

    private static string? Text(JsonObject fact, string name) => fact[name]?.GetValue<string>();

    private static IEnumerable<JsonObject> Rows(JsonNode? node) => (node?.AsArray() ?? []).Select(row => row!.AsObject());

    private static List<JsonObject> Index() => [.. Rows(JsonNode.Parse(File.ReadAllText(PathOf("index.json")))!["files"])];

    private static NmapRun Read(string file)
    {
        using var stream = File.OpenRead(PathOf(file));
        return NmapXml.Read(stream);
    }

    private static string PathOf(string file) => SharedFiles.Require($"{Folder}/{file}");
}
