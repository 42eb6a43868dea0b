using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Connectors.Network.Targets;
using Sallyport.Core;
using Sallyport.Tests.Connectors.Network.Targets;

namespace Sallyport.Tests.Connectors.Network.Nmap.Planning;

public sealed class ScanPlannerTests
{
    [Fact]
    public void One_address_gets_the_thousand_most_common_ports_without_discovery()
        => Assert.Equal("-sS --top-ports 1000 -T4 --max-parallelism 100 -Pn", Plans.Options(new ScanRequest()));

    [Fact]
    public void A_network_is_asked_first_which_hosts_are_up()
        => Assert.Equal("-sS --top-ports 1000 -T4 --max-parallelism 100", Plans.Options(new ScanRequest(), Plans.Network));

    [Theory]
    [InlineData(ScanTemplate.Quick, "-sS --top-ports 100 -T4 --max-parallelism 100 -Pn")]
    [InlineData(ScanTemplate.Standard, "-sS -sV --top-ports 1000 -T4 --max-parallelism 100 -Pn")]
    [InlineData(ScanTemplate.Thorough, "-sS -sV -p 1-65535 -T4 --max-parallelism 100 -Pn --script ftp-anon,http-robots.txt,http-title,ssl-cert")]
    [InlineData(ScanTemplate.Discovery, "-sn -T4 --max-parallelism 100")]
    [InlineData(ScanTemplate.Version, "-sS -sV --top-ports 1000 -T4 --max-parallelism 100 --version-intensity 5 -Pn")]
    [InlineData(ScanTemplate.Script, "-sS --top-ports 1000 -T4 --max-parallelism 100 -Pn --script ftp-anon,http-robots.txt,http-title,ssl-cert")]
    internal void A_template_stands_for_its_options(ScanTemplate template, string options)
        => Assert.Equal(options, Plans.Options(new ScanRequest { Template = template }));

    [Fact]
    public void On_a_network_the_template_does_not_skip_discovery_but_a_caller_may()
    {
        var quick = new ScanRequest { Template = ScanTemplate.Quick };

        Assert.DoesNotContain("-Pn", Plans.Options(quick, Plans.Network), StringComparison.Ordinal);
        Assert.Contains("-Pn", Plans.Options(quick with { HostDiscovery = HostDiscovery.Skip }, Plans.Network), StringComparison.Ordinal);
        Assert.Contains("-Pn", Plans.Options(quick with { ExtraArguments = "-Pn" }, Plans.Network), StringComparison.Ordinal);
    }

    [Fact]
    public void Typed_fields_and_extra_arguments_win_over_the_template()
    {
        var request = new ScanRequest { Template = ScanTemplate.Standard, Ports = "22", ExtraArguments = "-T2" };

        Assert.Equal("-sS -sV -p 22 -T2 --max-parallelism 100 -Pn", Plans.Options(request));
    }

    [Theory]
    [InlineData("-p 80", "-p")]
    [InlineData("--top-ports 10", "--top-ports")]
    [InlineData("-sT", "-sT")]
    [InlineData("-sU", "-sU")]
    [InlineData("-T3", "-T3")]
    [InlineData("-n", "-n")]
    public void Extra_arguments_may_not_contradict_a_typed_field(string extra, string named)
    {
        var request = new ScanRequest { Ports = "22", Scan = ScanKind.Syn, Timing = 4, ResolveNames = true, ExtraArguments = extra };

        var refusal = Plans.Refusal(request);
        Assert.Contains($"{named} in extra_args contradicts a typed field", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Extra_arguments_that_say_the_same_as_a_typed_field_are_taken()
        => Assert.Equal(
            "-sS -p 22 -T4 --max-parallelism 100 -Pn",
            Plans.Options(new ScanRequest { Ports = "22", Timing = 4, ExtraArguments = "-p22 -T4" }));

    [Theory]
    [InlineData(ScanKind.Connect, "-sT")]
    [InlineData(ScanKind.Syn, "-sS")]
    [InlineData(ScanKind.Udp, "-sU")]
    [InlineData(ScanKind.SynAndUdp, "-sS -sU")]
    internal void A_kind_of_scan_is_its_options(ScanKind kind, string options)
        => Assert.StartsWith(options + " -p 53", Plans.Options(new ScanRequest { Scan = kind, Ports = "53" }), StringComparison.Ordinal);

    [Fact]
    public void All_typed_fields_reach_nmap()
    {
        var request = new ScanRequest
        {
            Ports = "T:22,U:53",
            Scan = ScanKind.SynAndUdp,
            VersionIntensity = 3,
            OsDetection = true,
            Traceroute = true,
            Scripts = ["http-title"],
            Timing = 2,
            HostDiscovery = HostDiscovery.Skip,
            OpenOnly = true,
            Reason = true,
            MinRate = 5,
            MaxRate = 50,
        };

        Assert.Equal(
            "-sS -sU -sV -O --traceroute -p T:22,U:53 -T2 --min-rate 5 --max-rate 50 --max-parallelism 100 --version-intensity 3 -Pn --script http-title --open --reason",
            Plans.Options(request));
    }

    [Fact]
    public void Without_raw_sockets_a_scan_that_nobody_chose_becomes_a_connect_scan_and_says_so()
    {
        var plan = Plans.Planner(rawSockets: false).Plan(Plans.OneAddress, new ScanRequest());

        Assert.Equal("-sT", plan.Options[0]);
        Assert.Equal("connect scan in place of SYN scan: no CAP_NET_RAW", plan.Downgrade);
        Assert.Contains("--unprivileged", plan.ArgumentsFor("10.0.0.1", TimeSpan.FromMinutes(5)));
    }

    [Theory]
    [InlineData("-sS")]
    [InlineData("-sU")]
    [InlineData("-O")]
    [InlineData("--traceroute")]
    [InlineData("-PU")]
    public void Without_raw_sockets_what_needs_them_is_refused_with_the_remedy(string extra)
    {
        var refused = Assert.Throws<UpstreamException>(() => Plans.Planner(rawSockets: false).Plan(Plans.OneAddress, Plans.Extra(extra)));

        Assert.Equal(UpstreamFailure.Forbidden, refused.Failure);
        Assert.StartsWith($"{extra} needs raw sockets", refused.Message, StringComparison.Ordinal);
        Assert.Contains("CAP_NET_RAW", refused.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-A")]
    [InlineData("-f")]
    [InlineData("--mtu 16")]
    [InlineData("-D 10.0.0.9")]
    [InlineData("-g 53")]
    [InlineData("--ttl 5")]
    [InlineData("--data-length 5")]
    [InlineData("--script vuln")]
    [InlineData("--script dns-brute")]
    public void What_is_intrusive_needs_the_operators_word(string extra)
    {
        Assert.Contains("network.allowIntrusive", Plans.Refusal(Plans.Extra(extra)), StringComparison.Ordinal);
        Assert.True(Plans.Planner(intrusive: true).Plan(Plans.OneAddress, Plans.Extra(extra)).IsIntrusive);
    }

    [Fact]
    public void A_pattern_of_vulnerability_checks_is_intrusive_too()
    {
        var request = new ScanRequest { Scripts = ["http-vuln-*"] };

        Assert.Contains("network.allowIntrusive", Plans.Refusal(request), StringComparison.Ordinal);
        Assert.Equal(["http-vuln-cve2017-5638"], Plans.Planner(intrusive: true).Plan(Plans.OneAddress, request).Scripts);
    }

    [Fact]
    public void A_scan_that_only_observes_is_not_intrusive()
        => Assert.False(Plans.Planner(intrusive: true).Plan(Plans.OneAddress, new ScanRequest { Template = ScanTemplate.Thorough }).IsIntrusive);

    [Fact]
    public void Everything_at_once_is_spelled_out_so_that_the_script_rules_hold()
        => Assert.Equal(
            "-sS -sV -O --traceroute --top-ports 1000 -T4 --max-parallelism 100 -Pn --script ftp-anon,http-robots.txt,http-title,ssl-cert",
            Plans.Options(Plans.Extra("-A"), intrusive: true));

    [Theory]
    [InlineData("-sn -p 80")]
    [InlineData("-sn -sV")]
    [InlineData("-sn -sS")]
    [InlineData("-sn -Pn")]
    [InlineData("-sn --top-ports 10")]
    [InlineData("-sn --script http-title")]
    [InlineData("-Pn -PS22")]
    [InlineData("-sS -sT")]
    [InlineData("-p 80 --top-ports 10")]
    [InlineData("-T3 -T4")]
    [InlineData("-v -vv")]
    [InlineData("--min-rate 10 --max-rate 9")]
    [InlineData("-p T:80")]
    [InlineData("-sT -f")]
    [InlineData("-f --mtu 8")]
    [InlineData("-g 53 --source-port 53")]
    public void Combinations_that_nmap_refuses_or_ignores_are_refused_with_a_reason(string extra)
        => Assert.NotEmpty(Plans.Refusal(Plans.Extra(extra), intrusive: true));

    [Fact]
    public void A_plan_with_too_many_probes_is_refused_with_the_numbers()
    {
        Assert.Equal(1_048_560, Plans.Planner().Plan(new ScanTarget("10.0.0.0/28", 16), new ScanRequest { Ports = "-" }).Probes);
        Assert.StartsWith(
            "32 addresses times 65535 ports are 2097120 probes; the limit is 1048576.",
            Plans.Refusal(new ScanRequest { Ports = "-" }, new ScanTarget("10.0.0.0/27", 32)), StringComparison.Ordinal);
        Assert.StartsWith(
            "1024 addresses times 2000 ports",
            Plans.Refusal(new ScanRequest { Scan = ScanKind.SynAndUdp }, new ScanTarget("10.0.0.0/22", 1024)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_decoy_must_be_an_allowed_target()
        => Assert.Contains("8.8.8.8 is outside the allowed targets", Plans.Refusal(Plans.Extra("-D ME,10.0.0.9,8.8.8.8"), intrusive: true), StringComparison.Ordinal);

    [Fact]
    public void Forced_options_follow_and_the_pinned_address_is_last_behind_two_dashes()
    {
        var arguments = Plans.Planner().Plan(Plans.OneAddress, new ScanRequest { Ports = "22" }).ArgumentsFor("10.0.0.1", TimeSpan.FromSeconds(60));

        Assert.Equal(
            "-sS -p 22 -T4 --max-parallelism 100 -Pn --host-timeout 55s -n --privileged --noninteractive --no-stylesheet --stats-every 5s -oX nmap.xml -- 10.0.0.1",
            string.Join(' ', arguments));
    }

    [Fact]
    public void A_callers_host_timeout_and_wish_for_names_are_kept()
    {
        var arguments = Plans.Planner().Plan(Plans.OneAddress, new ScanRequest { ResolveNames = true, ExtraArguments = "--host-timeout 7s" })
            .ArgumentsFor("10.0.0.1", TimeSpan.FromSeconds(60));

        Assert.Single(arguments, "--host-timeout");
        Assert.DoesNotContain("-n", arguments);
    }

    [Fact]
    public void An_IPv6_address_is_scanned_as_such()
        => Assert.Contains("-6", Plans.Planner().Plan(new ScanTarget("::1", 1, IsIpv6: true), new ScanRequest()).ArgumentsFor("::1", TimeSpan.FromSeconds(60)));

    [Fact]
    public void Without_a_script_index_no_script_is_run()
    {
        var planner = new ScanPlanner(new ScanLimits(false, true), Some.Rule(), scripts: null);

        Assert.Throws<InvalidArgumentsException>(() => planner.Plan(Plans.OneAddress, Plans.Extra("-sC")));
        Assert.NotEmpty(planner.Plan(Plans.OneAddress, Plans.Extra("-sV")).Options);
    }
}
