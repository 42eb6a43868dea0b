using System.Text;
using Sallyport.Connectors.Network.Nmap.Results;

namespace Sallyport.Tests.Connectors.Network.Nmap.Results;

public sealed class NmapXmlTests
{
    [Theory]
    [InlineData("")]
    [InlineData("not xml at all")]
    [InlineData("<")]
    [InlineData("<?xml version=\"1.0\"?>")]
    [InlineData("<nmaprun>")]
    [InlineData("<nmaprun><host>")]
    [InlineData("<nmaprun><host></host>")]
    [InlineData("<nmaprun><host><address addr=\"10.0.0.1\" addrtype=\"ipv4\"/>")]
    [InlineData("<nmaprun></nmaprun><nmaprun>")]
    [InlineData("<other/>")]
    [InlineData("\0\u0001\u0002")]
    public void What_is_no_whole_document_is_incomplete_and_has_no_host(string text)
    {
        var run = Read(text);

        Assert.False(run.Complete);
        Assert.NotNull(run.IncompleteReason);
        Assert.Empty(run.Hosts);
    }

    [Theory]
    [InlineData("<host/>", 0)]
    [InlineData("<host><status state='up'/></host>", 0)]
    [InlineData("<host><address addr='' addrtype='ipv4'/></host>", 0)]
    [InlineData("<host><address addr='aa:bb' addrtype='mac'/></host>", 0)]
    [InlineData("<host><address addr='10.0.0.1' addrtype='ipv4'/></host>", 1)]
    [InlineData("<hosthint><host><address addr='10.0.0.1' addrtype='ipv4'/></host></hosthint>", 0)]
    [InlineData("<hosthint><address addr='10.0.0.1' addrtype='ipv4'/></hosthint>", 0)]
    public void A_host_is_taken_only_with_its_address(string inner, int hosts)
    {
        var run = Read($"<nmaprun>{inner}</nmaprun>");

        Assert.True(run.Complete);
        Assert.Equal(hosts, run.Hosts.Count);
    }

    [Theory]
    [InlineData("<port protocol='tcp' portid='99999'><state state='open'/></port>")]
    [InlineData("<port protocol='tcp' portid='-1'><state state='open'/></port>")]
    [InlineData("<port protocol='tcp' portid='x'><state state='open'/></port>")]
    [InlineData("<port protocol='tcp' portid='80'/>")]
    [InlineData("<port portid='80'><state state='open'/></port>")]
    public void A_port_without_number_protocol_or_state_is_left_out(string port)
        => Assert.Null(Host($"<ports>{port}</ports>").Ports);

    [Fact]
    public void Control_characters_in_names_and_banners_are_dropped()
    {
        var host = Host("<hostnames><hostname name='a&#x1b;[31mb' type='PTR'/></hostnames><ports><port protocol='tcp' portid='1'><state state='open'/>"
            + "<service name='x' product=' spaced&#7; '/><script id='s' output='one&#x1b;]0;t&#7;two&#xa;three'/></port></ports>");

        Assert.Equal("ab", host.Hostnames![0].Name);
        Assert.Equal("spaced", host.Ports![0].Service!.Product);
        Assert.Equal("onetwo\nthree", host.Ports[0].Scripts![0].Output);
    }

    [Fact]
    public void Rows_with_and_without_key_and_keys_that_come_twice_keep_everything()
    {
        var script = Host("<hostscript><script id='s'><elem key='a'>1</elem><elem>2</elem><table key='t'><elem>3</elem></table>"
            + "<elem key='a'>4</elem><elem key='a'>5</elem><elem key='e'/></script></hostscript>").HostScripts![0];

        Assert.Equal("""{"a":["1","4","5"],"t":["3"],"e":"","_":["2"]}""", script.Structured!.ToJsonString());
    }

    [Fact]
    public void Tables_that_nest_without_end_stop_the_reading_and_keep_the_hosts_before_them()
    {
        var deep = string.Concat(Enumerable.Repeat("<table>", 5000));
        var run = Read("<nmaprun><host><address addr='10.0.0.1' addrtype='ipv4'/></host>"
            + $"<host><address addr='10.0.0.2' addrtype='ipv4'/><hostscript><script id='s'>{deep}");

        Assert.Equal(["10.0.0.1"], run.Hosts.Select(host => host.Address));
        Assert.Contains("nest deeper than 32", run.IncompleteReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Entities_that_a_document_defines_are_not_expanded()
    {
        var run = Read("<!DOCTYPE nmaprun [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
            + "<nmaprun><host><address addr='10.0.0.1' addrtype='ipv4'/></host><host><address addr='&b;&f;' addrtype='ipv4'/></host></nmaprun>");

        Assert.Equal(["10.0.0.1"], run.Hosts.Select(host => host.Address));
        Assert.False(run.Complete);
    }

    [Fact]
    public void A_document_over_the_limit_keeps_the_hosts_read_until_then()
    {
        var hosts = string.Concat(Enumerable.Range(1, 200).Select(i => $"<host><address addr='10.0.0.{i}' addrtype='ipv4'/></host>"));

        var run = NmapXml.Read(new MemoryStream(Encoding.UTF8.GetBytes($"<nmaprun>{hosts}</nmaprun>")), maxCharacters: 6000);

        Assert.InRange(run.Hosts.Count, 1, 150);
        Assert.Equal("the document is longer than 6000 characters", run.IncompleteReason);
    }

    [Fact]
    public void Thirty_megabytes_are_read_whole()
    {
        var one = $"<host><address addr='10.0.0.1' addrtype='ipv4'/><hostscript><script id='s' output='{new string('x', 100_000)}'/></hostscript></host>";
        var run = Read($"<nmaprun>{string.Concat(Enumerable.Repeat(one, 300))}</nmaprun>");

        Assert.True(run.Complete);
        Assert.Equal(300, run.Hosts.Count);
    }

    [Fact]
    public void A_long_output_is_cut_in_the_compact_view_and_says_how_much_is_missing()
    {
        var run = Read($"<nmaprun><host><address addr='10.0.0.1' addrtype='ipv4'/><hostscript><script id='s' output='{new string('x', 5000)}'/></hostscript></host></nmaprun>");

        var script = NmapView.Compact(run.Hosts[0]).HostScripts![0];

        Assert.Equal((4096, 904), (script.Output!.Length, script.OutputLeftOut));
    }

    [Theory]
    [InlineData("Connect Scan Timing: About 4.33% done; ETC: 21:51 (0:00:22 remaining)", "Connect Scan", 4.33)]
    [InlineData("SYN Stealth Scan Timing: About 100% done", "SYN Stealth Scan", 100)]
    [InlineData("NSE Timing: About 0.00% done", "NSE", 0)]
    public void A_progress_line_gives_phase_and_percent(string line, string phase, double percent)
        => Assert.Equal(new NmapProgress(phase, percent), NmapProgress.TryRead(line));

    [Theory]
    [InlineData("Stats: 0:00:05 elapsed; 0 hosts completed (1 up), 1 undergoing Connect Scan")]
    [InlineData("Nmap done: 1 IP address (1 host up) scanned in 0.10 seconds")]
    [InlineData("22/tcp open  ssh  About 4.33% done")]
    [InlineData("")]
    public void Other_lines_give_none(string line) => Assert.Null(NmapProgress.TryRead(line));

    private static NmapRun Read(string text) => NmapXml.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static NmapHost Host(string inner)
        => Assert.Single(Read($"<nmaprun><host><status state='up'/><address addr='10.0.0.1' addrtype='ipv4'/>{inner}</host></nmaprun>").Hosts);
}
