namespace Sallyport.Tests.Connectors.Network;

/// <summary>Arguments and targets that must never reach a program, whatever field they are put into.</summary>
internal static class HostileText
{
    public static IReadOnlyList<string> All { get; } =
    [
        // Shells.
        "; id", "& id", "&& id", "| id", "|| id", "`id`", "$(id)", "${IFS}id", "$IFS", "> /tmp/x", ">> /tmp/x", "< /etc/passwd", "80;id", "80|id", "80`id`",
        "80$(id)", "\nid", "80\nid", "\r\nid", "80\r", "80\0", "\0", "80\t81", "\u001b[2J", "\u0085", "\u2028id", "'; id; '", "\"; id; \"", "\\; id", "!id", "*", "?",
        "~", "~root", "{a,b}", "#", "%0aid", "%00", "$((1))", "<(id)", "=(id)",
        // Options of nmap that must stay ours, in several spellings.
        "-oN/tmp/x", "-oN /tmp/x", "-oX-", "-oG=/tmp/x", "-oA x", "-oS x", "--append-output", "-iL/etc/passwd", "-iL /etc/passwd", "-iR 5", "--excludefile=/etc/shadow",
        "--exclude 10.0.0.1", "--datadir=/tmp", "--servicedb=/tmp/x", "--versiondb /tmp/x", "--stylesheet=http://198.51.100.7/", "--webxml", "--script-args=x=1",
        "--script-args-file=/etc/passwd", "--script-updatedb", "--script-trace", "--script=/tmp/x.nse", "--script=../../x", "--script=http://198.51.100.7/x.nse",
        "--script=x.nse", "--script='not intrusive'", "--script=all", "--script=+ssl-cert", "--script=*", "--proxies=http://198.51.100.7:8080", "--resume=/tmp/x",
        "-b user@10.0.0.1", "-S 10.0.0.9", "-e lo", "-sI 10.0.0.9", "-D 198.51.100.7", "--decoy 198.51.100.7", "--spoof-mac=0", "--dns-servers=198.51.100.7",
        "--system-dns", "-6", "--send-eth", "--send-ip", "--interactive", "--privileged", "--iflist", "-d9", "--packet-trace", "-V", "-h", "--", "- -", "-sSU", "-p80,81 -iR 1",
        // Second targets.
        "198.51.100.7", "8.8.8.8", "10.0.0.1 8.8.8.8", "10.0.0.1,8.8.8.8", "example.org", "scanme.example.org", "10.0.0.1/0", "0.0.0.0/0", "10.0.0-255.1", "10.0.0.1-254",
        "http://10.0.0.1@8.8.8.8/", "http://8.8.8.8#@10.0.0.1/", "user@8.8.8.8", "::ffff:8.8.8.8", "[::1]", "fe80::1%lo", "0x08080808", "134744072", "010.010.010.010",
        // Too much, and not text.
        new string('9', 5000), new string('-', 3000), "\ud800", "８０", "８.８.８.８", "１０.0.0.1", "ⅷ", "\u202e08", "a\u0300",

        // More options: other scans, values out of range, forms that are nearly right.
        "-sX", "-sN", "-sF", "-sA", "-sW", "-sM", "-sO", "-sY", "-sZ", "-sL", "-sR", "-F", "-r", "--top-ports=0", "--top-ports=65536", "--top-ports=-1", "-p0", "-p-80",
        "-p80-", "-p1-65536", "-p http*", "-p[1-5]", "-p80,,81", "-T6", "-T", "-Tparanoid", "--min-rate=0", "--max-rate=99999", "--max-retries=11", "--host-timeout=2h",
        "--host-timeout=0", "--scan-delay=11s", "--max-parallelism=501", "--version-intensity=10", "--version-all", "--version-trace", "--osscan-guess",
        "--min-hostgroup 9", "--min-rtt-timeout 1", "--defeat-rst-ratelimit", "--nsock-engine=select", "--badsum", "--adler32", "--data=ff", "--data-string=x",
        "--ip-options=R", "--script-help=all", "--script-timeout=1", "--script dos", "--script http-slowloris", "--script broadcast-ping", "--script=external",
        "--script=default,../x", "--script=http-*", "--script=safe;id", "--script=\"safe and not x\"", "--allports", "--reason=x", "--open=1", "-n -R", "-PE", "-PP", "-PM",
        "-PO", "-PR", "--disable-arp-ping", "--traceroute=1", "-oX", "-oN", "-oG", "-oA", "-oM x", "-oH x", "-sT=1", "-sU80", "-A", "--noninteractive", "--no-stylesheet",
        "--stats-every=1s", "--unprivileged", "--release-memory", "--log-errors", "-vvv", "-v9", "--thc", "-iR0", "-g53", "--mtu=7", "--ttl=0", "--Open", "-st", "- sT",
        // More targets: odd forms of addresses, ranges nobody may open, names that only look as if they were inside, URLs.
        "10.0.0.1:80", " 10.0.0.1", "10.0.0.1 ", "10.0.0.1\t", "010.0.0.1", "10.1", "167772161", "0xa000001", "0xa.0.0.1", "10.0.0.256", "10.0.0.-1", "+10.0.0.1", "10.0.0.1.",
        "10..0.1", "10.0.0.1/33", "10.0.0.1/-1", "10.0.0.1/", "/24", "10.0.0.0/024", "10.0.0.0/255.255.255.0", "10.0.0.0/0.0.0.255", "10.0.0.*", "10.0.0.1,2,3", "10-11.0.0.1",
        "127.1", "2130706433", "0177.0.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "0.0.0.0", "192.0.2.1", "198.18.0.1", "198.51.100.1",
        "203.0.113.9", "240.0.0.1", "1.1.1.1", "172.15.255.255", "172.32.0.1", "11.0.0.1", "192.169.0.1", "2001:4860:4860::8888", "fe80::1", "ff02::1", "::", "fd00::1",
        "::ffff:10.0.0.1", "[fd00::1]", "fd00::1%eth0", "fd00::1/200", "64:ff9b::8.8.8.8", "2002:0808:0808::1", "localhost", "metadata.google.internal", "lab.internal",
        ".lab.internal", "a.lab.internal.example.org", "evil.org/.lab.internal", "evil.org#.lab.internal", "evil.org?.lab.internal", "evil.org\\.lab.internal",
        "evil.org%00.lab.internal", "evil.org\0.lab.internal", "a..lab.internal", "-a.lab.internal", "a-.lab.internal", "a_b.lab.internal", "ａ.lab.internal", "*.lab.internal",
        "a.lab.internal:80", "a.lab.internal/24", "user@a.lab.internal", "a.lab.internal@8.8.8.8", "http://10.0.0.1/", "ftp://10.0.0.1", "file:///etc/passwd", "gopher://10.0.0.1",
        "//10.0.0.1", "http:10.0.0.1", "http://[::1]/", "/etc/passwd", "../../etc/passwd", "./x", "C:\\x", "\\\\10.0.0.1\\share", "/dev/tcp/10.0.0.1/80", "/proc/self/environ",
        "~/.ssh/id_rsa", "@/etc/passwd", "$HOME", "${HOME}", "%HOME%", "`reboot`", "10.0.0.1;reboot", "10.0.0.1|reboot", "10.0.0.1&reboot", "10.0.0.1\nreboot", "10.0.0.1 -oN /tmp/x",
        "10.0.0.1 -iL /etc/passwd", "10.0.0.1 --script=/tmp/x.nse", "-iL", "--", "-- 8.8.8.8", "''", "\"\"", "' '", "\\", "\\\n", "'", "\"",
    ];
}
