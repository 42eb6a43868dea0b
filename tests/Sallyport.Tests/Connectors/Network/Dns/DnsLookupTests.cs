using Sallyport.Connectors.Network;
using Sallyport.Connectors.Network.Dns;
using Sallyport.Connectors.Network.Targets;
using Sallyport.Core;
using Sallyport.Core.Processes;

namespace Sallyport.Tests.Connectors.Network.Dns;

public sealed class DnsLookupTests
{
    private static readonly (ushort, uint, byte[]) Web1 = (RecordType.A, 300, [10, 0, 0, 1]);

    [Fact]
    public async Task A_name_is_looked_up_at_the_server_named()
    {
        await using var server = new FakeNameServer((question, _) => [FakeNameServer.Answer(question, 0x8580, Web1)]);

        var result = await LookUpAsync(server, new LookUpName("WEB1.lab.internal."));

        Assert.Equal(("NOERROR", "10.0.0.1", "127.0.0.1", server.Port), (result.Status, result.Answers[0].Value, result.Server.Ip, result.Server.Port));
        Assert.Equal("web1.lab.internal.\t300\tIN\tA\t10.0.0.1\n", result.Stdout);
    }

    [Fact]
    public async Task An_address_is_looked_up_backwards()
    {
        await using var server = new FakeNameServer((question, _) => [FakeNameServer.Answer(question, 0x8580, (RecordType.Ptr, 60, FakeNameServer.Name("web1.lab.internal")))]);

        var result = await LookUpAsync(server, new LookUpName("10.1.2.3"));

        Assert.Equal(("3.2.1.10.in-addr.arpa.", "PTR", "web1.lab.internal."), (result.Answers[0].Name, result.Answers[0].Type, result.Answers[0].Value));
    }

    [Fact]
    public async Task An_answer_that_does_not_fit_is_fetched_over_tcp()
    {
        await using var server = new FakeNameServer((question, tcp) => [tcp ? FakeNameServer.Answer(question, 0x8180, Web1) : FakeNameServer.Answer(question, 0x8380)]);

        Assert.Single((await LookUpAsync(server, new LookUpName("web1.lab.internal"))).Answers);
    }

    [Fact]
    public async Task An_answer_with_another_id_is_waited_past()
    {
        await using var server = new FakeNameServer((question, _) =>
        {
            var forged = FakeNameServer.Answer(question, 0x8180, (RecordType.A, 1, [8, 8, 8, 8]));
            forged[0] ^= 0xFF;
            return [forged, FakeNameServer.Answer(question, 0x8180, Web1)];
        });

        Assert.Equal("10.0.0.1", (await LookUpAsync(server, new LookUpName("web1.lab.internal"))).Answers[0].Value);
    }

    [Fact]
    public async Task Garbage_is_said_to_be_garbage()
    {
        await using var server = new FakeNameServer((question, _) => [[.. question.AsSpan(0, 2), 0xFF, 0xFF, 1, 2, 3]]);

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => LookUpAsync(server, new LookUpName("web1.lab.internal")));

        // The caller named the server: it says nothing about look-ups as such.
        Assert.Equal((UpstreamFailure.InvalidResponse, true), (thrown.Failure, thrown.SaysNothingOfHealth));
    }

    [Fact]
    public async Task A_server_that_stays_silent_is_asked_twice()
    {
        var clock = new FakeClock();
        await using var server = new FakeNameServer((_, _) => []);
        var asking = new DnsClient(clock).AskAsync(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, server.Port), new DnsQuery("web1.lab.internal", RecordType.A), tcp: false, default);

        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await clock.TimerSetAsync(TimeSpan.FromSeconds(3));
            clock.Advance(TimeSpan.FromSeconds(3));
        }

        Assert.Equal(UpstreamFailure.Timeout, (await Assert.ThrowsAsync<UpstreamException>(() => asking)).Failure);
    }

    [Theory]
    [InlineData("example.org", null, "outside the allowed targets")]
    [InlineData("8.8.8.8", null, "outside the allowed targets")]
    [InlineData("10.0.0.0/24", null, "limit is 1")]
    [InlineData("web1.lab.internal", "8.8.8.8", "outside the allowed targets")]
    [InlineData("web1.lab.internal", "ns.example.org", "outside the allowed targets")]
    [InlineData("web1.lab.internal", null, "Name a server to ask")]
    [InlineData("a..lab.internal", "127.0.0.1", "neither an IPv4 address nor a DNS name")]
    public async Task Names_and_servers_outside_are_never_asked(string target, string? server, string reason)
    {
        await using var client = FakeNmap.Client(ProgramFinder.System);

        var thrown = await Assert.ThrowsAsync<InvalidArgumentsException>(() => client.LookUpAsync(new LookUpName(target, Server: server), FakeNmap.Context(), default));

        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MX", RecordType.Mx)]
    [InlineData("-t MX", RecordType.Mx)]
    [InlineData("mx +noall +answer", RecordType.Mx)]
    [InlineData("+short +tcp +time=3", RecordType.A)]
    [InlineData("-c IN -4", RecordType.A)]
    public async Task What_scripts_give_dig_is_understood(string extra, int type)
    {
        ushort asked = 0;
        await using var server = new FakeNameServer((question, _) =>
        {
            asked = question[^14];
            return [FakeNameServer.Answer(question, 0x8180, Web1)];
        });

        var result = await LookUpAsync(server, new LookUpName("web1.lab.internal", ExtraArgs: extra));

        Assert.Equal(type, asked);
        Assert.Equal(extra.Contains("+short", StringComparison.Ordinal), result.Stdout == "10.0.0.1\n");
    }

    [Theory]
    [InlineData("IXFR=7")]
    [InlineData("+trace")]
    [InlineData("+nssearch")]
    [InlineData("+subnet=10.0.0.0/8")]
    [InlineData("+time=11")]
    [InlineData("+https")]
    [InlineData("-f /etc/passwd")]
    [InlineData("-k key")]
    [InlineData("-b 10.0.0.1")]
    [InlineData("-c CH")]
    [InlineData("-p 0")]
    [InlineData("-t")]
    [InlineData("other.lab.internal")]
    [InlineData("@10.0.0.1 @10.0.0.2")]
    [InlineData("MX TXT")]
    public void What_leads_elsewhere_is_refused(string extra)
        => Assert.Throws<InvalidArgumentsException>(() => DigArguments.Merge(new LookUpName("web1.lab.internal", ExtraArgs: extra), 2048));

    [Theory]
    [InlineData("AXFR", "")]
    [InlineData(null, "axfr")]
    public async Task A_whole_zone_is_handed_over_only_where_the_operator_allows_intrusive_questions(string? type, string extra)
    {
        await using var server = new FakeNameServer((question, _) =>
        [
            FakeNameServer.Answer(question, 0x8480, (RecordType.Soa, 60, Soa), Web1),
            FakeNameServer.Answer(question, 0x8480, (RecordType.A, 60, [10, 0, 0, 9]), (RecordType.Soa, 60, Soa)),
        ]);
        var asked = new LookUpName("corp.lab.internal", Type: type, ExtraArgs: extra);

        var refused = await Assert.ThrowsAsync<InvalidArgumentsException>(() => LookUpAsync(server, asked));
        var zone = await LookUpAsync(server, asked, new NetworkSettings(AllowIntrusive: true));

        Assert.Contains("network.allowIntrusive", refused.Message);
        Assert.Equal(["SOA", "A", "A", "SOA"], zone.Answers.Select(record => record.Type));
        Assert.Equal(0, server.Questions);
    }

    [Fact]
    public async Task A_name_server_that_refuses_to_hand_its_zone_over_is_reported_as_it_answers()
    {
        await using var server = new FakeNameServer((question, _) => [FakeNameServer.Answer(question, 0x8485)]);

        var result = await LookUpAsync(server, new LookUpName("corp.lab.internal", Type: "AXFR"), new NetworkSettings(AllowIntrusive: true));

        Assert.Equal(("REFUSED", 0), (result.Status, result.Answers.Count));
    }

    [Fact]
    public async Task The_operators_name_servers_resolve_targets_too()
    {
        await using var server = new FakeNameServer((question, _) => [FakeNameServer.Answer(question, 0x8180, Web1, (RecordType.A, 1, [10, 0, 0, 2]))]);
        var lookup = NameLookups.Over(new DnsClient(TimeProvider.System), [Ipv4.Parse("127.0.0.1")], server.Port);

        Assert.Equal(["10.0.0.1", "10.0.0.2"], (await lookup("web1.lab.internal", default)).Select(address => address.ToString()));
    }

    private static async Task<LookUpResult> LookUpAsync(FakeNameServer server, LookUpName arguments, NetworkSettings? settings = null)
    {
        await using var client = FakeNmap.Client(ProgramFinder.System, settings);
        return await client.LookUpAsync(arguments with { Server = "127.0.0.1", Port = server.Port }, FakeNmap.Context(), default);
    }

    /// <summary>An SOA record: its server, its keeper and five numbers.</summary>
    private static byte[] Soa { get; } = [.. FakeNameServer.Name("ns.corp.lab.internal"), .. FakeNameServer.Name("keeper.corp.lab.internal"), .. new byte[20]];
}
