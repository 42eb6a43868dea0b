using Sallyport.Connectors.Network.Nmap.Planning;

namespace Sallyport.Tests.Connectors.Network.Nmap.Planning;

public sealed class ExtraArgumentsTests
{
    /// <summary>For each option with a value: values it takes and values it does not.</summary>
    private static readonly Dictionary<string, (string[] Good, string[] Bad)> Values = new()
    {
        ["-p"] = (["80", "1-1024,8080", "-"], ["0", "65536", "http", "80-"]),
        ["--top-ports"] = (["1", "65535"], ["0", "65536", "1.5", "x", "+5"]),
        ["--min-rate"] = (["1", "10000"], ["0", "10001"]),
        ["--max-rate"] = (["1", "10000"], ["0", "10001"]),
        ["--max-retries"] = (["0", "10"], ["11", "1000000000000"]),
        ["--host-timeout"] = (["1", "1000ms", "30s", "60m", "1h"], ["0", "999ms", "61m", "2h", "1d", "s", "30S", "5hs"]),
        ["--scan-delay"] = (["0", "10s", "500ms"], ["11s", "1m"]),
        ["--max-scan-delay"] = (["10"], ["11", "1h"]),
        ["--max-parallelism"] = (["1", "500"], ["0", "501"]),
        ["--version-intensity"] = (["0", "9"], ["10"]),
        ["--script"] = (["http-title", "safe", "http-title,ssl-cert"], ["/tmp/x.nse", "x.nse", "http-*", "+http-title", "http-title,", "not-safe"]),
        ["--mtu"] = (["8", "1400"], ["0", "9", "1504"]),
        ["-D"] = (["ME", "10.0.0.9,ME"], ["RND", "RND:10", "8.8.8.8", "host.lab.internal", "010.0.0.1"]),
        ["--source-port"] = (["53"], ["0", "65536"]),
        ["-g"] = (["53"], ["0"]),
        ["--data-length"] = (["0", "1400"], ["1401"]),
        ["--ttl"] = (["1", "255"], ["0", "256"]),
    };

    public static TheoryData<string> WithValue => [.. Values.Keys];

    public static TheoryData<string> WithoutValue => [.. NmapFlags.InOrder.Where(flag => flag.Form == ValueForm.None).Select(flag => flag.Name)];

    [Fact]
    public void Every_option_that_takes_a_value_is_tested()
        => Assert.Equal(
            NmapFlags.InOrder.Where(flag => flag.Form is ValueForm.Separate or ValueForm.SeparateOrAttached).Select(flag => flag.Name).Order(),
            Values.Keys.Order());

    [Theory]
    [MemberData(nameof(WithValue))]
    public void A_good_value_is_taken_separate_or_behind_an_equals_sign(string flag)
    {
        foreach (var value in Values[flag].Good)
        {
            var separate = Plans.Options(Plans.Extra($"{flag} {value}"), intrusive: true);

            Assert.Contains(flag, separate, StringComparison.Ordinal);
            Assert.Equal(separate, Plans.Options(Plans.Extra($"{flag}={value}"), intrusive: true));
        }
    }

    [Theory]
    [MemberData(nameof(WithValue))]
    public void A_bad_value_is_refused(string flag)
    {
        foreach (var value in Values[flag].Bad)
        {
            Plans.Refusal(Plans.Extra($"{flag} {value}"), intrusive: true);
            Plans.Refusal(Plans.Extra($"{flag}={value}"), intrusive: true);
        }
    }

    [Theory]
    [MemberData(nameof(WithValue))]
    public void A_missing_empty_or_option_like_value_is_refused(string flag)
    {
        foreach (var text in (string[])[flag, $"{flag}=", $"{flag} -sV", $"{flag}=-sV", $"{flag} --"])
            Plans.Refusal(Plans.Extra(text), intrusive: true);
    }

    [Theory]
    [MemberData(nameof(WithValue))]
    public void An_option_with_a_value_given_twice_is_refused(string flag)
    {
        var value = Values[flag].Good[0];

        Assert.Contains("twice", Plans.Refusal(Plans.Extra($"{flag} {value} {flag} {value}"), intrusive: true), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WithoutValue))]
    public void An_option_without_value_takes_none_and_comes_once(string flag)
    {
        Plans.Refusal(Plans.Extra($"{flag}=1"), intrusive: true);
        Plans.Refusal(Plans.Extra($"{flag} 1"), intrusive: true);
        Plans.Refusal(Plans.Extra($"{flag} {flag}"), intrusive: true);
        Plans.Refusal(Plans.Extra($"{flag}x"), intrusive: true);
    }

    [Theory]
    [InlineData("-p80", "-p 80")]
    [InlineData("-p-", "-p 1-65535")]
    [InlineData("-PS22,80", "-PS22,80")]
    [InlineData("-PA -PS", "-PS -PA")]
    public void Attached_values_are_taken_where_the_table_says_so(string text, string planned)
        => Assert.Contains(planned, Plans.Options(Plans.Extra(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("-oX out.xml")]
    [InlineData("-oN out")]
    [InlineData("-oG -")]
    [InlineData("-oA out")]
    [InlineData("-iL list")]
    [InlineData("-iR 10")]
    [InlineData("--exclude 10.0.0.1")]
    [InlineData("--excludefile x")]
    [InlineData("--resume x")]
    [InlineData("-sL")]
    [InlineData("-sA")]
    [InlineData("-sI 10.0.0.1")]
    [InlineData("-b 10.0.0.1")]
    [InlineData("--proxies http://10.0.0.1:8080")]
    [InlineData("-S 10.0.0.1")]
    [InlineData("-e eth0")]
    [InlineData("-6")]
    [InlineData("-F")]
    [InlineData("-R")]
    [InlineData("--script-args x=y")]
    [InlineData("--script-args-file x")]
    [InlineData("--script-updatedb")]
    [InlineData("--datadir /tmp")]
    [InlineData("--servicedb x")]
    [InlineData("--versiondb x")]
    [InlineData("--stylesheet http://x/")]
    [InlineData("--dns-servers 10.0.0.1")]
    [InlineData("--system-dns")]
    [InlineData("--resolve-all")]
    [InlineData("--spoof-mac 0")]
    [InlineData("--ports 80")]
    [InlineData("--decoy ME")]
    [InlineData("--privileged")]
    [InlineData("--interactive")]
    [InlineData("--append-output")]
    [InlineData("-sSV")]
    [InlineData("--top-port 10")]
    [InlineData("--scripts safe")]
    [InlineData("-PO")]
    [InlineData("-PE")]
    [InlineData("-PR")]
    [InlineData("-T")]
    [InlineData("-T6")]
    [InlineData("-T 4")]
    [InlineData("-d")]
    [InlineData("-vvv")]
    [InlineData("--")]
    [InlineData("-")]
    [InlineData("10.0.0.2")]
    [InlineData("80")]
    [InlineData("example.org")]
    [InlineData("-sV 10.0.0.2")]
    [InlineData("-- 10.0.0.2")]
    public void An_option_that_is_not_in_the_table_and_any_further_word_is_refused(string text)
        => Plans.Refusal(Plans.Extra(text), intrusive: true);

    [Theory]
    [InlineData("-sV -iL")]
    [InlineData("--open -oX")]
    public void One_refused_piece_refuses_the_whole_call_and_is_named(string text)
        => Assert.Contains($"'{text.Split(' ')[1]}'", Plans.Refusal(Plans.Extra(text)), StringComparison.Ordinal);
}
