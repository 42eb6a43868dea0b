using System.Runtime.CompilerServices;
using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Tests.Simulator.World;

/// <summary>What every simulated company must be like, whatever its seed and size.</summary>
public class CompanyTests
{
    [Fact]
    public void The_same_seed_tells_the_same_story_word_for_word()
        => Assert.Equal(Stories.Whole(Stories.Company(seed: 7, devices: 60)), Stories.Whole(Stories.Company(seed: 7, devices: 60)));

    [Fact]
    public void Another_seed_tells_another_background()
    {
        var one = Stories.Company(seed: 1);
        var other = Stories.Company(seed: 2);

        Assert.NotEqual(Stories.Text(one.Device(200)), Stories.Text(other.Device(200)));
        Assert.NotEqual(Stories.Text(one.Detection(DetectionSource.Network, 200)), Stories.Text(other.Detection(DetectionSource.Network, 200)));
    }

    [Fact]
    public void A_device_is_the_same_whether_asked_for_alone_or_after_all_others()
    {
        var company = Stories.Company(devices: 3_000);

        var last = company.Devices().Last();

        Assert.Equal(Stories.Text(Stories.Company(devices: 3_000).Device(2_999)), Stories.Text(last));
    }

    [Theory]
    [InlineData(25)]
    [InlineData(400)]
    [InlineData(5_000)]
    public void No_two_devices_share_a_name_an_id_or_their_current_address(int devices)
    {
        var all = Stories.Company(devices: devices).Devices().ToList();

        Assert.Equal(devices, all.Select(d => d.Name).Distinct().Count());
        Assert.Equal(devices, all.Select(d => d.Id).Distinct().Count());
        Assert.Equal(devices, all.Select(d => d.Address).Distinct().Count());
        Assert.Equal(devices, all.Select(d => d.Mac).Distinct().Count());
    }

    [Fact]
    public void No_two_users_share_an_account()
    {
        var users = Stories.Company(devices: 20_000).Users().ToList();

        Assert.Equal(12_000, users.Select(u => u.Upn).Distinct().Count());
        Assert.Equal(12_000, users.Select(u => u.Id).Distinct().Count());
    }

    [Fact]
    public void Nothing_happens_after_now_or_ends_before_it_began()
    {
        var company = Stories.Company();

        Assert.All(company.Devices(), d => Assert.True(d.FirstSeen <= d.LastSeen && d.LastSeen <= company.Now && (d.Agent?.LastSync ?? d.LastSeen) <= d.LastSeen, d.Name));
        Assert.All(company.Users(), u => Assert.True(u.LastSignIn <= company.Now, u.Upn));
        Assert.All(Enum.GetValues<DetectionSource>().SelectMany(company.Detections),
            d => Assert.True(d.FirstSeen <= d.LastSeen && d.LastSeen < company.Now, d.Ref.ToString()));
    }

    [Fact]
    public void A_device_holds_one_address_at_a_time_and_never_one_that_another_holds()
    {
        var leases = Stories.Company(devices: 1_000).Devices().SelectMany(d => d.Leases.Select(lease => (d.Name, Lease: lease)));

        foreach (var holders in leases.GroupBy(l => l.Lease.Address).Where(g => g.Count() > 1))
        {
            var inOrder = holders.OrderBy(h => h.Lease.From).ToList();
            Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.True(pair.First.Lease.Until < pair.Second.Lease.From, holders.Key));
        }
    }

    [Fact]
    public void Addresses_change_hands_in_the_background_too()
    {
        var company = Stories.Company();

        var moved = company.Devices().Count(d => d.Index >= Cast.Devices && d.Leases.Length > 1);

        Assert.InRange(moved, 60, 90);
    }

    [Fact]
    public void Fifty_thousand_devices_are_not_held_in_memory()
    {
        var company = Stories.Company(devices: 50_000);

        var seen = Visit(company);
        GC.Collect();

        Assert.Equal(50_000, seen.Count);
        Assert.DoesNotContain(seen, device => device.IsAlive);
        GC.KeepAlive(company);
    }

    /// <summary>On its own, so that no local of the test keeps a device alive.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> Visit(Company company) => [.. company.Devices().Select(device => new WeakReference(device))];

    [Theory]
    [InlineData(24)]
    [InlineData(50_001)]
    public void A_company_outside_the_limits_is_refused(int devices)
        => Assert.Throws<ArgumentOutOfRangeException>(() => Stories.Company(devices: devices));

    [Fact]
    public void Text_is_harmless_unless_hostile_text_is_switched_on()
    {
        var whole = Stories.Whole(Stories.Company(devices: 100));

        Assert.DoesNotContain(HostileText.Marker, whole, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("script>", whole, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Hostile_text_is_in_a_few_background_items_and_never_in_the_cast()
    {
        var hostile = Stories.Company(hostile: 1);
        var calm = Stories.Company();

        var touched = hostile.Devices().Where(d => d.Name != calm.Device(d.Index).Name).ToList();

        Assert.InRange(touched.Count, 20, 100);
        Assert.All(touched, d => Assert.Contains(HostileText.Phrases.ToArray(), phrase => d.Name.EndsWith(phrase, StringComparison.Ordinal)));
        Assert.All(Enumerable.Range(0, Cast.Devices), i => Assert.Equal(Stories.Text(calm.Device(i)), Stories.Text(hostile.Device(i))));
        Assert.All(Enumerable.Range(0, Cast.Users), i => Assert.Equal(Stories.Text(calm.User(i)), Stories.Text(hostile.User(i))));
    }
}
