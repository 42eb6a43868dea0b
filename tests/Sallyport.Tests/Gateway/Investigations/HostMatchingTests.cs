using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;
using Sallyport.Gateway.Investigations.Matching;

namespace Sallyport.Tests.Gateway.Investigations;

/// <summary>Which platforms' hosts are one host, and why.</summary>
public sealed class HostMatchingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 11, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("device_id", 100)]
    [InlineData("mac", 95)]
    [InlineData("fqdn", 90)]
    [InlineData("host_name", 80)]
    [InlineData("ip_in_time", 60)]
    public void Each_rule_joins_with_its_score_and_its_reason(string rule, int score)
    {
        HostIdentity One(string id) => rule switch
        {
            "device_id" => new(id, DeviceId: "d-1"),
            "mac" => new(id, Macs: ["00:15:5d:00:00:01"]),
            "fqdn" => new(id, Fqdn: "a.example"),
            "host_name" => new(id, Name: "a"),
            _ => new(id, Addresses: [new AddressUse("10.0.0.1", Noon, Noon)]),
        };

        var group = Assert.Single(HostMatching.Group([Seen("eset", One("1")), Seen("vectra", One("2"))]));

        Assert.Equal((rule, score), (group.Matches[0].Rule, group.Matches[0].Score));
        Assert.NotEmpty(group.Matches[0].Reason);
    }

    [Fact]
    public void An_address_at_another_time_joins_nothing()
    {
        var groups = HostMatching.Group([Seen("eset", At("1", Noon)), Seen("vectra", At("2", Noon.AddDays(-3)))]);

        Assert.Equal(2, groups.Count);
        Assert.All(groups, group => Assert.Empty(group.Conflicts));
    }

    [Fact]
    public void An_address_without_a_time_joins_nothing()
        => Assert.Equal(2, HostMatching.Group([Seen("eset", At("1", Noon)), Seen("vectra", new HostIdentity("2", Addresses: [new AddressUse("10.0.0.1")]))]).Count);

    [Fact]
    public void Two_names_with_one_address_stay_two_and_each_shows_the_other()
    {
        var groups = HostMatching.Group([Seen("eset", At("1", Noon) with { Name = "a" }), Seen("vectra", At("2", Noon) with { Name = "b" })]);

        Assert.Equal(2, groups.Count);
        Assert.All(groups, group => Assert.Contains("their names differ", Assert.Single(group.Conflicts).About, StringComparison.Ordinal));
    }

    [Fact]
    public void A_docking_station_that_two_laptops_share_does_not_make_them_one()
        => Assert.Equal(2, HostMatching.Group([Seen("eset", new("1", "a", Macs: ["00:15:5d:00:00:01"])), Seen("vectra", new("2", "b", Macs: ["00:15:5d:00:00:01"]))]).Count);

    [Fact]
    public void Two_records_of_one_platform_stay_two_unless_hardware_says_otherwise()
    {
        Assert.Equal(2, HostMatching.Group([Seen("eset", new("1", "a")), Seen("eset", new("2", "a"))]).Count);
        Assert.Single(HostMatching.Group([Seen("eset", new("1", "a", Macs: ["00:15:5d:00:00:01"])), Seen("eset", new("2", "a", Macs: ["00:15:5d:00:00:01"]))]));
    }

    [Fact]
    public void A_chain_that_would_join_what_differs_breaks_at_its_weakest_link()
    {
        // The nameless scan fits both by address; it goes with neither at the price of the other.
        var groups = HostMatching.Group(
        [
            Seen("eset", At("1", Noon) with { Name = "a" }), Seen("network", At("2", Noon)), Seen("vectra", At("3", Noon) with { Name = "b" }),
        ]);

        Assert.Equal(2, groups.Count);
        Assert.DoesNotContain(groups, group => group.Members.Any(member => member.Item.Identity.Name == "a") && group.Members.Any(member => member.Item.Identity.Name == "b"));
    }

    [Fact]
    public void Different_systems_and_owners_are_shown_and_spellings_are_not()
    {
        SeenHost Host(string id, string os, string owner) => new(new HostIdentity(id, "a"), Viewpoint.Agent, Os: os, Owners: [new UserIdentity(AccountName: owner)]);

        var differing = Assert.Single(HostMatching.Group([new("eset", Host("1", "Windows 11 Enterprise 24H2", "alice")), new("defender", Host("2", "Debian", "bob"))]));
        var spelled = Assert.Single(HostMatching.Group([new("eset", Host("1", "Windows 11 Enterprise 24H2", "alice")), new("defender", Host("2", "Windows11Enterprise", "Alice"))]));

        Assert.Equal(["os", "owner"], differing.Conflicts.Select(conflict => conflict.About));
        Assert.Empty(spelled.Conflicts);
    }

    [Fact]
    public void The_order_of_the_answers_changes_nothing()
    {
        Found<SeenHost>[] hosts = [Seen("eset", At("1", Noon) with { Name = "a" }), Seen("network", At("2", Noon)), Seen("vectra", new("3", "a"))];

        string Told(IEnumerable<Found<SeenHost>> order) => string.Join(';', HostMatching.Group([.. order]).Select(group => string.Join(',', group.Members.Select(member => member.Item.Identity.Id).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));

        Assert.Equal(Told(hosts), Told(hosts.Reverse()));
    }

    private static Found<SeenHost> Seen(string source, HostIdentity host) => new(source, new SeenHost(host, Viewpoint.Agent));

    private static HostIdentity At(string id, DateTimeOffset time) => new(id, Addresses: [new AddressUse("10.0.0.1", time, time)]);
}
