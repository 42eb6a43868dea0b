using System.Globalization;
using Sallyport.Simulator.World;

namespace Sallyport.Simulator.Defender;

/// <summary>What a test can turn on the Defender simulator besides faults: further tenants, odd answers, published limits.</summary>
public sealed class DefenderControls
{
    private const int NewTenantDevices = 25;

    private readonly List<SimulatedTenant> _tenants = [];
    private readonly Lock _gate = new();
    private readonly Company _world;

    internal DefenderControls(Company world)
    {
        _world = world;
        Add(world);
    }

    /// <summary>The one that tells the story all platforms share.</summary>
    public SimulatedTenant Default => Tenants[0];

    public IReadOnlyList<SimulatedTenant> Tenants
    {
        get
        {
            lock (_gate)
                return [.. _tenants];
        }
    }

    /// <summary>Where the next page is said to be, when it should not be where it is.</summary>
    public string? NextLinkOrigin { get; set; }

    /// <summary>Pages never hold more.</summary>
    public int LargestPage { get; set; } = 100;

    /// <summary>Refuses <c>$expand</c> on one incident, as a service may.</summary>
    public bool RefusesExpand { get; set; }

    /// <summary>Writes <c>Name</c> and <c>Type</c> in the columns of a Graph hunt, as older examples do.</summary>
    public bool WritesPascalColumns { get; set; }

    /// <summary>Hunts of one tenant in any minute; more are throttled.</summary>
    public int HuntsPerMinute { get; set; } = 45;

    /// <summary>One more directory, with an application and a small company of its own.</summary>
    public SimulatedTenant AddTenant() => Add(null);

    internal SimulatedTenant? Find(string tenantId) => Tenants.FirstOrDefault(tenant => tenant.TenantId.Equals(tenantId, StringComparison.OrdinalIgnoreCase));

    private SimulatedTenant Add(Company? world)
    {
        lock (_gate)
        {
            var number = _tenants.Count;
            var dice = new Dice(_world.Seed, Purpose.Platform, 1_000 + number);
            var tenant = new SimulatedTenant(
                dice.Uuid().ToString(), dice.Uuid().ToString(), string.Create(CultureInfo.InvariantCulture, $"range-{dice.Hex(32)}"),
                world ?? new Company(_world.Seed + number, NewTenantDevices, _world.Now));
            _tenants.Add(tenant);
            return tenant;
        }
    }
}
