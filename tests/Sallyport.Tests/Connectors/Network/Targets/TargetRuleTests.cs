using Sallyport.Connectors.Network.Targets;

namespace Sallyport.Tests.Connectors.Network.Targets;

public sealed class TargetRuleTests
{
    private const long NmapLimit = 1024;

    [Theory]
    [InlineData("10.0.0.0", "10.0.0.0")]
    [InlineData("10.255.255.255", "10.255.255.255")]
    [InlineData("172.16.0.1", "172.16.0.1")]
    [InlineData("172.31.255.255", "172.31.255.255")]
    [InlineData("192.168.1.1", "192.168.1.1")]
    [InlineData("192.168.1.1/32", "192.168.1.1")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.255.255.254", "127.255.255.254")]
    [InlineData("10.0.0.0/24", "10.0.0.0/24")]
    [InlineData("10.0.0.5/24", "10.0.0.0/24")]
    [InlineData("10.0.3.255/22", "10.0.0.0/22")]
    [InlineData("192.168.0.0/22", "192.168.0.0/22")]
    public void A_private_address_or_network_is_allowed_in_our_own_spelling(string text, string spelling)
        => Assert.Equal(spelling, Assert.IsType<TargetVerdict.Allowed>(Some.Rule().Check(text, NmapLimit)).Target.Text);

    [Theory]
    [InlineData("web1.lab.internal", "web1.lab.internal")]
    [InlineData("WEB1.Lab.Internal", "web1.lab.internal")]
    [InlineData("web1.lab.internal.", "web1.lab.internal")]
    [InlineData("a.b.c.lab.internal", "a.b.c.lab.internal")]
    [InlineData("x-1.lab.internal", "x-1.lab.internal")]
    public void A_name_below_an_allowed_suffix_has_to_be_looked_up(string text, string name)
        => Assert.Equal(new TargetVerdict.NeedsLookup(name), Some.Rule().Check(text, NmapLimit));

    [Theory]
    // Public, reserved and special ranges.
    [InlineData("8.8.8.8", TargetRefusal.NotAllowed)]
    [InlineData("9.255.255.255", TargetRefusal.NotAllowed)]
    [InlineData("11.0.0.0", TargetRefusal.NotAllowed)]
    [InlineData("172.15.255.255", TargetRefusal.NotAllowed)]
    [InlineData("172.32.0.0", TargetRefusal.NotAllowed)]
    [InlineData("192.169.0.0", TargetRefusal.NotAllowed)]
    [InlineData("126.255.255.255", TargetRefusal.NotAllowed)]
    [InlineData("128.0.0.1", TargetRefusal.NotAllowed)]
    [InlineData("100.64.0.1", TargetRefusal.NotAllowed)]
    [InlineData("169.254.169.254", TargetRefusal.NotAllowed)]
    [InlineData("0.0.0.0", TargetRefusal.NotAllowed)]
    [InlineData("192.0.2.1", TargetRefusal.NotAllowed)]
    [InlineData("198.18.0.1", TargetRefusal.NotAllowed)]
    [InlineData("198.51.100.1", TargetRefusal.NotAllowed)]
    [InlineData("203.0.113.1", TargetRefusal.NotAllowed)]
    [InlineData("224.0.0.1", TargetRefusal.NotAllowed)]
    [InlineData("240.0.0.1", TargetRefusal.NotAllowed)]
    [InlineData("255.255.255.255", TargetRefusal.NotAllowed)]
    // Networks that reach outside, or are too large.
    [InlineData("172.0.0.0/8", TargetRefusal.NotAllowed)]
    [InlineData("192.168.0.0/15", TargetRefusal.NotAllowed)]
    [InlineData("0.0.0.0/0", TargetRefusal.NotAllowed)]
    [InlineData("10.0.0.0/8", TargetRefusal.TooLarge)]
    [InlineData("10.0.0.0/21", TargetRefusal.TooLarge)]
    // Other spellings of addresses.
    [InlineData("010.0.0.1", TargetRefusal.Malformed)]
    [InlineData("10.00.0.1", TargetRefusal.Malformed)]
    [InlineData("10.1", TargetRefusal.Malformed)]
    [InlineData("10.0.1", TargetRefusal.Malformed)]
    [InlineData("10.0.0.1.1", TargetRefusal.Malformed)]
    [InlineData("10.0.0.256", TargetRefusal.Malformed)]
    [InlineData("10.0.0.0001", TargetRefusal.Malformed)]
    [InlineData("10.0.0.", TargetRefusal.Malformed)]
    [InlineData(".10.0.0.1", TargetRefusal.Malformed)]
    [InlineData("10..0.1", TargetRefusal.Malformed)]
    [InlineData("10.0.0.-1", TargetRefusal.Malformed)]
    [InlineData("10.0.0.+1", TargetRefusal.Malformed)]
    [InlineData("167772161", TargetRefusal.Malformed)]
    [InlineData("0x7f000001", TargetRefusal.NotAllowed)]
    [InlineData("0x7f.0.0.1", TargetRefusal.Malformed)]
    [InlineData("１０.0.0.1", TargetRefusal.Malformed)]
    [InlineData("10.0.0.١", TargetRefusal.Malformed)]
    [InlineData("10.0.0.1%0", TargetRefusal.Malformed)]
    // Other spellings of networks, and lists.
    [InlineData("10.0.0.0/255.255.255.0", TargetRefusal.Malformed)]
    [InlineData("10.0.0.0/0.0.0.255", TargetRefusal.Malformed)]
    [InlineData("10.0.0.0/33", TargetRefusal.Malformed)]
    [InlineData("10.0.0.0/024", TargetRefusal.Malformed)]
    [InlineData("10.0.0.0/08", TargetRefusal.Malformed)]
    [InlineData("10.0.0.0/", TargetRefusal.Malformed)]
    [InlineData("10.0.0.0/24/24", TargetRefusal.Malformed)]
    [InlineData("10.0.0.0/-1", TargetRefusal.Malformed)]
    [InlineData("10.0.0.1-9", TargetRefusal.Malformed)]
    [InlineData("10.0.0.1,2", TargetRefusal.Malformed)]
    [InlineData("10.0.0.*", TargetRefusal.Malformed)]
    [InlineData("10.0.0.1 10.0.0.2", TargetRefusal.Malformed)]
    // Blanks, control characters, options.
    [InlineData("", TargetRefusal.Malformed)]
    [InlineData(" 10.0.0.1", TargetRefusal.Malformed)]
    [InlineData("10.0.0.1 ", TargetRefusal.Malformed)]
    [InlineData("10.0.0.1\n", TargetRefusal.Malformed)]
    [InlineData("10.0.0.1\n8.8.8.8", TargetRefusal.Malformed)]
    [InlineData("10.0.0.1\0", TargetRefusal.Malformed)]
    [InlineData("-iL", TargetRefusal.Malformed)]
    [InlineData("--script=x", TargetRefusal.Malformed)]
    // URLs.
    [InlineData("http://10.0.0.1/", TargetRefusal.Malformed)]
    [InlineData("http://user@10.0.0.1", TargetRefusal.Malformed)]
    [InlineData("10.0.0.1:80", TargetRefusal.Malformed)]
    [InlineData("10.0.0.1\\@8.8.8.8", TargetRefusal.Malformed)]
    // Names.
    [InlineData("localhost", TargetRefusal.NotAllowed)]
    [InlineData("lab.internal", TargetRefusal.NotAllowed)]
    [InlineData(".lab.internal", TargetRefusal.Malformed)]
    [InlineData("xlab.internal", TargetRefusal.NotAllowed)]
    [InlineData("x.lab.internal.example.org", TargetRefusal.NotAllowed)]
    [InlineData("example.org", TargetRefusal.NotAllowed)]
    [InlineData("web1..lab.internal", TargetRefusal.Malformed)]
    [InlineData("web1.lab.internal..", TargetRefusal.Malformed)]
    [InlineData("-web1.lab.internal", TargetRefusal.Malformed)]
    [InlineData("web1-.lab.internal", TargetRefusal.Malformed)]
    [InlineData("web_1.lab.internal", TargetRefusal.Malformed)]
    [InlineData("web1.lab.internal/24", TargetRefusal.Malformed)]
    [InlineData("wеb1.lab.internal", TargetRefusal.Malformed)]
    [InlineData("web\u212a.lab.internal", TargetRefusal.Malformed)]
    // IPv6 is off unless a token opens it.
    [InlineData("::1", TargetRefusal.NotAllowed)]
    [InlineData("fd00::1", TargetRefusal.NotAllowed)]
    [InlineData("2001:db8::1", TargetRefusal.NotAllowed)]
    [InlineData("::ffff:a00:1", TargetRefusal.NotAllowed)]
    [InlineData("::ffff:10.0.0.1", TargetRefusal.Malformed)]
    [InlineData("fe80::1%eth0", TargetRefusal.Malformed)]
    [InlineData("[::1]", TargetRefusal.Malformed)]
    [InlineData("fd00::/64", TargetRefusal.NotAllowed)]
    [InlineData("fd00::/129", TargetRefusal.Malformed)]
    [InlineData("fd00::/064", TargetRefusal.Malformed)]
    [InlineData("fd00::/ffff::", TargetRefusal.Malformed)]
    [InlineData("fd00::1-9", TargetRefusal.Malformed)]
    internal void Everything_else_is_refused_for_its_reason(string text, TargetRefusal reason)
        => Assert.Equal(reason, Assert.IsType<TargetVerdict.Refused>(Some.Rule().Check(text, NmapLimit)).Reason);

    [Fact]
    public void A_name_of_254_characters_is_refused_and_one_of_253_is_not()
    {
        var longest = string.Concat(Enumerable.Repeat("a.", 100)) + "lab.internal";
        longest = new string('b', 253 - longest.Length - 1) + "." + longest;

        Assert.Equal(253, longest.Length);
        Assert.IsType<TargetVerdict.NeedsLookup>(Some.Rule().Check(longest, 1));
        Assert.IsType<TargetVerdict.Refused>(Some.Rule().Check("b" + longest, 1));
    }

    [Fact]
    public void A_network_that_is_too_large_is_told_its_size_the_limit_and_what_fits()
    {
        var refused = Assert.IsType<TargetVerdict.Refused>(Some.Rule().Check("10.0.0.0/16", 1000));

        Assert.Equal("10.0.0.0/16 has 65536 addresses and the limit is 1000; the largest network that fits is a /23.", refused.Message);
    }

    [Fact]
    public void What_is_denied_wins_over_what_is_allowed()
    {
        var rule = Some.Rule(denied: ["10.0.0.128/25", ".hr.lab.internal", "127.0.0.9"]);

        Assert.IsType<TargetVerdict.Allowed>(rule.Check("10.0.0.127", 1));
        Assert.Equal(TargetRefusal.Denied, Assert.IsType<TargetVerdict.Refused>(rule.Check("10.0.0.128", 1)).Reason);
        Assert.Equal(TargetRefusal.Denied, Assert.IsType<TargetVerdict.Refused>(rule.Check("10.0.0.0/24", 256)).Reason);
        Assert.Equal(TargetRefusal.Denied, Assert.IsType<TargetVerdict.Refused>(rule.Check("127.0.0.9", 1)).Reason);
        Assert.Equal(TargetRefusal.Denied, Assert.IsType<TargetVerdict.Refused>(rule.Check("db.hr.lab.internal", 1)).Reason);
        Assert.Equal(TargetRefusal.Denied, Assert.IsType<TargetVerdict.Refused>(rule.Check("HR.lab.internal", 1)).Reason);
        Assert.IsType<TargetVerdict.NeedsLookup>(rule.Check("web.lab.internal", 1));
    }

    [Fact]
    public void No_token_opens_link_local_or_reserved_ranges()
    {
        var rule = Some.Rule(allowed: ["169.0.0.0/8", "192.0.0.0/8", "224.0.0.0/8", "240.0.0.0/8"]);

        Assert.IsType<TargetVerdict.Allowed>(rule.Check("169.253.0.1", 1));
        foreach (var text in (string[])["169.254.169.254", "192.0.2.7", "224.0.0.1", "240.0.0.1"])
            Assert.Equal(TargetRefusal.NotAllowed, Assert.IsType<TargetVerdict.Refused>(rule.Check(text, 1)).Reason);
    }

    [Fact]
    public void Neighbouring_allowed_networks_count_as_one()
    {
        var rule = Some.Rule(allowed: ["10.1.0.0/25", "10.1.0.128/25", "10.1.2.0/24"]);

        Assert.IsType<TargetVerdict.Allowed>(rule.Check("10.1.0.0/24", 256));
        Assert.IsType<TargetVerdict.Refused>(rule.Check("10.1.0.0/23", 512));
        Assert.IsType<TargetVerdict.Refused>(rule.Check("10.1.1.0", 1));
    }

    [Theory]
    [InlineData("loopback6", "0:0:0:0:0:0:0:1", "::1")]
    [InlineData("ULA", "FD00:0::1", "fd00::1")]
    [InlineData("ula", "fc00::", "fc00::")]
    public void An_IPv6_token_opens_its_range_only(string token, string text, string spelling)
    {
        var rule = Some.Rule(allowed: [token]);

        Assert.Equal(new ScanTarget(spelling, 1, IsIpv6: true), Assert.IsType<TargetVerdict.Allowed>(rule.Check(text, 1)).Target);
        Assert.IsType<TargetVerdict.Refused>(rule.Check("2001:db8::1", 1));
        Assert.IsType<TargetVerdict.Refused>(rule.Check("10.0.0.1", 1));
    }

    [Theory]
    [InlineData("ULA", "fd77::7f/120", "fd77::/120", 256)]
    [InlineData("fd77::/64", "fd77::400/118", "fd77::400/118", 1024)]
    [InlineData("loopback6", "::1/128", "::1", 1)]
    public void An_IPv6_network_inside_what_is_allowed_is_taken_up_to_the_limit(string token, string text, string spelling, long addresses)
        => Assert.Equal(new ScanTarget(spelling, addresses, IsIpv6: true), Assert.IsType<TargetVerdict.Allowed>(Some.Rule(allowed: [token]).Check(text, NmapLimit)).Target);

    [Theory]
    [InlineData("fd77::/117", TargetRefusal.TooLarge, "/118")]
    [InlineData("fd77:0:0:1::1", TargetRefusal.NotAllowed, "fd77::/64")]
    [InlineData("fd78::/120", TargetRefusal.NotAllowed, "fd77::/64")]
    [InlineData("fd77::ff07", TargetRefusal.Denied, "denies")]
    [InlineData("fd77::fe00/119", TargetRefusal.Denied, "denies")]
    internal void An_IPv6_network_that_is_too_large_outside_or_denied_is_refused(string text, TargetRefusal reason, string message)
    {
        var refused = Assert.IsType<TargetVerdict.Refused>(Some.Rule(allowed: ["fd77::/64"], denied: ["fd77::ff00/120"]).Check(text, NmapLimit));

        Assert.Equal(reason, refused.Reason);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.0/24", null, true)]
    [InlineData("10.9.0.0/24", null, false)]
    [InlineData("fd77::/120", null, true)]
    [InlineData("fd78::1", null, false)]
    [InlineData("10.0.0.1", "web.lab.internal", true)]
    [InlineData("10.0.0.1", "web.other.internal", false)]
    public void What_was_allowed_once_is_judged_again_by_the_lists_of_today(string text, string? name, bool isAllowed)
    {
        var rule = Some.Rule(allowed: ["10.0.0.0/24", "fd77::/64", ".lab.internal"]);

        Assert.Equal(isAllowed, rule.Check(new ScanTarget(text, 1, RequestedName: name)) is TargetVerdict.Allowed);
    }

    [Fact]
    public void An_empty_list_allows_nothing()
        => Assert.IsType<TargetVerdict.Refused>(Some.Rule(allowed: []).Check("127.0.0.1", 1));

    [Theory]
    [InlineData("RFC1819")]
    [InlineData("lab.internal")]
    [InlineData(".")]
    [InlineData("10.0.0.0/7")]
    [InlineData("0.0.0.0/0")]
    [InlineData("010.0.0.1")]
    [InlineData("2001:db8::/32")]
    [InlineData("::/0")]
    [InlineData("fe80::/10")]
    [InlineData("fc00::/6")]
    [InlineData("")]
    public void A_token_that_means_nothing_is_a_problem_and_allows_nothing(string token)
    {
        var problems = new List<string>();

        var list = TargetList.Parse([token], problems.Add);

        Assert.Contains($"'{token}'", Assert.Single(problems), StringComparison.Ordinal);
        Assert.IsType<TargetVerdict.Refused>(new TargetRule(list, Some.Targets()).Check("10.0.0.1", 1));
    }

    /// <summary>What is accepted, written in our spelling and read again, is the same set of addresses, all of them allowed.</summary>
    [Fact]
    public void Accepted_text_means_the_same_when_it_is_read_again()
    {
        var random = new Random(20260101);
        var rule = Some.Rule();
        var accepted = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = RandomTarget(random);
            if (rule.Check(text, NmapLimit) is not TargetVerdict.Allowed { Target: var target }) continue;
            accepted++;

            Assert.True(Ipv4Range.TryParse(text, out var original));
            Assert.True(Ipv4Range.TryParse(target.Text, out var read));
            Assert.Equal(original, read);
            Assert.Equal(target.Addresses, (long)read.Last.Value - read.First.Value + 1);
            Assert.InRange(target.Addresses, 1, NmapLimit);
            Assert.All([read.First, read.Last], edge => Assert.True(IsPrivate(edge.Value)));
        }

        Assert.InRange(accepted, 2_000, 19_000);
    }

    private static string RandomTarget(Random random)
    {
        int[] starts = [10, 172, 192, 127, random.Next(300)];
        int[] seconds = [16, 31, 168, 0, random.Next(300)];
        string[] ends = ["", "", "/32", "/24", $"/{random.Next(40)}", $"/0{random.Next(9)}", "-9", " "];
        return $"{starts[random.Next(5)]}.{seconds[random.Next(5)]}.{random.Next(257)}.{random.Next(257)}{ends[random.Next(8)]}";
    }

    /// <summary>Written from RFC 1918 and RFC 1122 alone, so that it does not share a mistake with the rule.</summary>
    private static bool IsPrivate(uint value)
        => value >> 24 is 10 or 127 || value >> 20 == 0xAC1 || value >> 16 == 0xC0A8;
}
