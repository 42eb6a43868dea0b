using Sallyport.Connectors.Network.Nmap.Scripts;
using Sallyport.Core;
using Sallyport.Tests.Connectors.Network.Nmap.Planning;

namespace Sallyport.Tests.Connectors.Network.Nmap.Scripts;

public sealed class ScriptPolicyTests
{
    private const string InstalledScripts = "/usr/share/nmap/scripts";

    private static readonly ScriptPolicy Policy = new(Plans.Index);

    [Theory]
    [InlineData("default", "ftp-anon http-robots.txt http-title ssl-cert")]
    [InlineData("safe", "ftp-anon http-robots.txt http-title ssl-cert")]
    [InlineData("discovery", "http-robots.txt http-title ssl-cert")]
    [InlineData("version", "http-server-header")]
    [InlineData("http-title", "http-title")]
    public void What_only_observes_needs_no_ones_word(string token, string names)
    {
        var selected = Policy.Select([token]);

        Assert.Equal(names, string.Join(' ', selected.Names));
        Assert.False(selected.IsIntrusive);
    }

    [Theory]
    [InlineData("vuln", "http-vuln-cve2017-5638 smb-vuln-ms17-010 ssl-heartbleed")]
    [InlineData("intrusive", "dns-brute")]
    [InlineData("ssl-heartbleed", "ssl-heartbleed")]
    [InlineData("http-vuln-*", "http-vuln-cve2017-5638")]
    [InlineData("smb-vuln-*", "smb-vuln-ms17-010")]
    public void What_does_more_is_intrusive_and_still_leaves_out_what_never_runs(string token, string names)
    {
        var selected = Policy.Select([token]);

        Assert.Equal(names, string.Join(' ', selected.Names));
        Assert.True(selected.IsIntrusive);
    }

    [Theory]
    [InlineData("http-slowloris")]
    [InlineData("http-vuln-dosy")]
    [InlineData("whois-ip")]
    [InlineData("broadcast-ping")]
    [InlineData("snmp-interfaces")]
    [InlineData("dos")]
    [InlineData("brute")]
    [InlineData("smtp-vuln-*")]
    [InlineData("no-such-script")]
    [InlineData("rdp-brute")]
    [InlineData("all")]
    [InlineData("malware")]
    [InlineData("*")]
    [InlineData("http-*")]
    [InlineData("/tmp/evil.nse")]
    [InlineData("./evil")]
    [InlineData("http-title.nse")]
    [InlineData("default and safe")]
    [InlineData("not(intrusive)")]
    [InlineData("+http-title")]
    [InlineData("HTTP-TITLE")]
    [InlineData("")]
    public void What_never_runs_and_what_is_no_name_is_refused(string token)
        => Assert.Throws<InvalidArgumentsException>(() => Policy.Select([token]));

    [Fact]
    public void One_refused_script_refuses_all()
        => Assert.Throws<InvalidArgumentsException>(() => Policy.Select(["http-title", "whois-ip"]));

    [Fact]
    public void A_misspelled_name_is_answered_with_the_one_meant()
        => Assert.Contains("did you mean 'http-title'", Assert.Throws<InvalidArgumentsException>(() => Policy.Select(["http-titel"])).Message, StringComparison.Ordinal);

    /// <summary>Counts from nmap 7.93's own index, minus the scripts with a pre-rule.</summary>
    [Theory]
    [InlineData("default", 118)]
    [InlineData("safe", 234)]
    [InlineData("discovery", 209)]
    [InlineData("version", 44)]
    public void The_observing_sets_of_nmap_7_93_have_the_known_sizes(string category, int count)
    {
        var index = Installed();

        var selected = new ScriptPolicy(index).Select([category]);

        Assert.False(selected.IsIntrusive);
        Assert.Equal(count, selected.Names.Count);
    }

    [Fact]
    public void Of_the_reference_servers_safe_list_all_but_two_observe_in_nmap_7_93()
    {
        string[] reference =
        [
            "http-headers", "ssl-cert", "ssh-hostkey", "smb-os-discovery", "http-title", "ftp-anon", "smtp-commands", "pop3-capabilities",
            "imap-capabilities", "mongodb-info", "mysql-info", "ms-sql-info", "rdp-enum-encryption", "vnc-info", "x11-access", "ntp-info",
            "snmp-info", "rpcinfo", "nbstat",
        ];
        var policy = new ScriptPolicy(Installed());

        Assert.False(policy.Select(reference).IsIntrusive);
        Assert.True(policy.Select(["oracle-sid-brute"]).IsIntrusive);
        Assert.Throws<InvalidArgumentsException>(() => policy.Select(["dns-brute"]));
    }

    private static ScriptIndex Installed()
    {
        var index = ScriptIndex.Load(InstalledScripts);
        Assert.SkipWhen(index is null, $"There is no nmap script index in {InstalledScripts}.");
        Assert.SkipUnless(index.Names.Count() == 604, "The installed nmap is not 7.93, whose index has 604 scripts.");
        return index;
    }
}
