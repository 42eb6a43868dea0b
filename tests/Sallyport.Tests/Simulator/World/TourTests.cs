using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Detections;
using Sallyport.Simulator.World.Devices;

namespace Sallyport.Tests.Simulator.World;

/// <summary>The attack that all platforms tell about, and the facts that join it.</summary>
public class TourTests
{
    private readonly Company _company = Stories.Company(devices: 25);

    [Fact]
    public void Alice_is_phished_on_ws_37()
    {
        var victim = _company.Device(Cast.Victim);
        var mail = _company.Detection(DetectionSource.Mail, 0);

        Assert.Equal(("ws-37", "10.1.2.3", "ws-37.contoso.example"), (victim.Name, victim.Address, victim.Fqdn));
        Assert.Equal("alice@contoso.example", _company.User(victim.OwnerIndex!.Value).Upn);
        Assert.Equal((Cast.PhishedUser, Cast.PhishingUrl), (mail.UserIndex, mail.Url));
    }

    [Fact]
    public void Network_and_endpoint_both_see_the_beacon_to_the_same_address()
    {
        var tunnel = _company.Detection(DetectionSource.Network, 0);
        var implant = _company.Detection(DetectionSource.Endpoint, 1);

        Assert.Equal(("203.0.113.9", "tunnel.example"), (tunnel.Remote!.Address, tunnel.Remote.Domain));
        Assert.Equal(tunnel.Remote.Address, implant.Remote!.Address);
        Assert.Equal((Cast.Victim, Cast.Victim), (tunnel.DeviceIndex, implant.DeviceIndex));
        Assert.Equal("T1071.004", tunnel.Kind.Technique);
        Assert.Equal(64, implant.File!.Sha256.Length);
        Assert.Equal(40, implant.File.Sha1.Length);
        Assert.Contains("tunnel.example", implant.Process!.CommandLine, StringComparison.Ordinal);
    }

    [Fact]
    public void The_incident_holds_the_whole_attack_in_the_order_in_which_it_went_on()
    {
        var incident = _company.Incident(Cast.Incident);
        var steps = incident.Detections.Select(_company.Detection).ToList();

        Assert.Equal(DetectionKinds.Phishing, steps[0].Kind);
        Assert.Equal(steps.OrderBy(s => s.FirstSeen), steps);
        Assert.Equal(Enum.GetValues<DetectionSource>().Order(), steps.Select(s => s.Ref.Source).Distinct().Order());
        Assert.All(steps, step => Assert.True(step.DeviceIndex is Cast.Victim or Cast.WebServer || step.UserIndex == Cast.PhishedUser));
        Assert.InRange(_company.Now - steps[0].FirstSeen, TimeSpan.FromHours(20), TimeSpan.FromDays(2));
    }

    [Fact]
    public void The_unpatched_finding_is_on_a_service_that_a_scan_finds_open()
    {
        var weakness = _company.Weakness(Cast.Weakness);
        var service = _company.Device(Cast.WebServer).Services.Single(s => s.Port == weakness.Port);

        Assert.Equal(("CVE-2021-41773", Cast.WebServer), (weakness.Vulnerability.Cve, weakness.DeviceIndex));
        Assert.Equal((weakness.Vulnerability.Component, weakness.Vulnerability.AffectedVersion), (service.Product, service.Version));
        Assert.True(weakness.Vulnerability.IsKnownExploited);
    }

    [Fact]
    public void One_device_is_on_the_network_only_and_one_agent_is_silent_for_weeks()
    {
        var silent = _company.Device(Cast.SilentAgent);

        Assert.Null(_company.Device(Cast.NetworkOnly).Agent);
        Assert.InRange(_company.Now - silent.Agent!.LastSync, TimeSpan.FromDays(21), TimeSpan.FromDays(60));
        Assert.InRange(_company.Now - silent.LastSeen, TimeSpan.Zero, TimeSpan.FromHours(1));
    }

    [Fact]
    public void Two_devices_held_one_address_at_different_times()
    {
        var before = _company.Device(Cast.SharedAddressBefore);
        var after = _company.Device(Cast.SharedAddressAfter);

        Assert.Equal(Cast.SharedAddress, before.AddressAt(_company.Now.AddDays(-20)));
        Assert.Equal(Cast.SharedAddress, after.AddressAt(_company.Now));
        Assert.NotEqual(Cast.SharedAddress, before.Address);
        Assert.NotEqual(before.Mac, after.Mac);
    }

    [Fact]
    public void Detections_of_an_agent_happen_only_where_there_is_one()
    {
        var company = Stories.Company();

        Assert.All(company.Detections(DetectionSource.Endpoint), d => Assert.NotNull(company.Device(d.DeviceIndex!.Value).Agent));
    }

    [Fact]
    public void Nothing_is_detected_on_a_device_after_it_was_last_heard_of()
    {
        var company = Stories.Company();

        Assert.All(company.Detections(DetectionSource.Network), d => Assert.True(d.LastSeen <= company.Device(d.DeviceIndex!.Value).LastSeen || d.DeviceIndex < Cast.Devices));
        Assert.All(company.Detections(DetectionSource.Endpoint), d => Assert.True(d.LastSeen <= company.Device(d.DeviceIndex!.Value).Agent!.LastSync));
    }

    [Fact]
    public void All_that_a_background_incident_holds_happened_on_one_device_within_a_day()
    {
        var company = Stories.Company();

        foreach (var incident in Enumerable.Range(1, company.IncidentCount - 1).Select(company.Incident))
        {
            var detections = incident.Detections.Select(company.Detection).ToList();
            Assert.Single(detections.Select(d => d.DeviceIndex).Distinct());
            Assert.True(detections[^1].FirstSeen - detections[0].FirstSeen < TimeSpan.FromDays(1));
        }
    }

    [Fact]
    public void One_file_turns_up_on_several_devices()
    {
        var company = Stories.Company();

        var spread = company.Detections(DetectionSource.Endpoint).GroupBy(d => d.File!.Sha256).Max(same => same.Select(d => d.DeviceIndex).Distinct().Count());

        Assert.True(spread > 3);
    }

    [Fact]
    public void The_background_has_every_kind_of_device_and_every_state_of_detection()
    {
        var company = Stories.Company();

        Assert.Equal(Enum.GetValues<DeviceRole>().Except([DeviceRole.DomainController]), company.Devices().Skip(Cast.Devices).Select(d => d.Role).Distinct().Order());
        Assert.Equal(Enum.GetValues<DetectionState>(), company.Detections(DetectionSource.Network).Select(d => d.State).Distinct().Order());
        Assert.Contains(company.Devices().Skip(Cast.Devices), d => d.Agent is { } agent && company.Now - agent.LastSync > TimeSpan.FromDays(14));
    }
}
