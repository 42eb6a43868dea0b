using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Connectors.Network.Nmap.Scripts;
using Sallyport.Connectors.Network.Targets;
using Sallyport.Core;
using Sallyport.Tests.Connectors.Network.Targets;

namespace Sallyport.Tests.Connectors.Network.Nmap.Planning;

/// <summary>Plans made for one address, on a machine with raw sockets, where nothing intrusive is allowed.</summary>
internal static class Plans
{
    public static ScanTarget OneAddress { get; } = new("10.0.0.1", 1);

    public static ScanTarget Network { get; } = new("10.0.0.0/24", 256);

    /// <summary>A small index with one script of every kind that the rules tell apart.</summary>
    public static ScriptIndex Index { get; } = ScriptIndex.Parse(
        """
        Entry { filename = "http-title.nse", categories = { "default", "discovery", "safe", } }
        Entry { filename = "ssl-cert.nse", categories = { "default", "discovery", "safe", } }
        Entry { filename = "http-server-header.nse", categories = { "version", } }
        Entry { filename = "ftp-anon.nse", categories = { "auth", "default", "safe", } }
        Entry { filename = "http-robots.txt.nse", categories = { "default", "discovery", "safe", } }
        Entry { filename = "ssl-heartbleed.nse", categories = { "safe", "vuln", } }
        Entry { filename = "dns-brute.nse", categories = { "discovery", "intrusive", } }
        Entry { filename = "smb-vuln-ms17-010.nse", categories = { "safe", "vuln", } }
        Entry { filename = "http-vuln-cve2017-5638.nse", categories = { "vuln", } }
        Entry { filename = "http-vuln-dosy.nse", categories = { "vuln", "dos", } }
        Entry { filename = "http-slowloris.nse", categories = { "dos", "intrusive", } }
        Entry { filename = "whois-ip.nse", categories = { "discovery", "external", "safe", } }
        Entry { filename = "broadcast-ping.nse", categories = { "broadcast", "discovery", "safe", } }
        Entry { filename = "snmp-interfaces.nse", categories = { "default", "discovery", "safe", } }
        """,
        name => name == "snmp-interfaces");

    public static ScanPlanner Planner(bool intrusive = false, bool rawSockets = true)
        => new(new ScanLimits(intrusive, rawSockets), Some.Rule(), new ScriptPolicy(Index));

    public static string Options(ScanRequest request, ScanTarget? target = null, bool intrusive = false, bool rawSockets = true)
        => string.Join(' ', Planner(intrusive, rawSockets).Plan(target ?? OneAddress, request).Options);

    public static string Refusal(ScanRequest request, ScanTarget? target = null, bool intrusive = false)
        => Assert.Throws<InvalidArgumentsException>(() => Planner(intrusive).Plan(target ?? OneAddress, request)).Message;

    public static ScanRequest Extra(string text) => new() { ExtraArguments = text };
}
