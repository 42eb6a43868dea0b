using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Defender;

/// <summary>One directory with one application in it, and a company of its own that it tells about.</summary>
public sealed class SimulatedTenant
{
    private readonly Lazy<IReadOnlyList<SimulatedAlert>> _alerts;

    internal SimulatedTenant(string tenantId, string clientId, string clientSecret, Company world)
    {
        (TenantId, ClientId, ClientSecret, World) = (tenantId, clientId, clientSecret, world);
        _alerts = new(() => [.. Enumerable.Range(0, world.IncidentCount).SelectMany(AlertsOf)]);
    }

    public string TenantId { get; }

    public string ClientId { get; }

    public string ClientSecret { get; }

    public Company World { get; }

    /// <summary>Certificates that the application is registered with.</summary>
    public ConcurrentBag<X509Certificate2> Certificates { get; } = [];

    /// <summary>Assertions of another identity provider that are trusted, as workload identity presents them.</summary>
    public ConcurrentBag<string> FederatedTokens { get; } = [];

    /// <summary>How long tokens are good that are given out from now on.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromSeconds(3599);

    /// <summary>Added to every title, for text that pretends to be from elsewhere.</summary>
    public string TitleNote { get; set; } = "";

    /// <summary>What happens to every request for this tenant's data until it is taken away.</summary>
    public FaultStep? Fault { get; set; }

    /// <summary>Application permissions that nobody consented to.</summary>
    public ConcurrentDictionary<string, bool> Withheld { get; } = new();

    internal ConcurrentDictionary<int, IncidentChange> Changes { get; } = new();

    internal ConcurrentDictionary<string, bool> Isolated { get; } = new();

    internal IReadOnlyList<SimulatedAlert> Alerts => _alerts.Value;

    internal string TitleOf(SimulatedAlert alert) => alert.Detection.Kind.Name + TitleNote;

    /// <summary>What network sensors saw is another product's.</summary>
    internal IEnumerable<SimulatedAlert> AlertsOf(int incident) => World.Incident(incident) is var told
        ? told.Detections.Where(static which => which.Source != DetectionSource.Network).Select(which => new SimulatedAlert(World.Detection(which), told.Number))
        : [];
}

/// <summary>A detection that Defender shows as an alert.</summary>
internal sealed record SimulatedAlert(Detection Detection, int Incident)
{
    public string Id => $"da{Detection.Id.ToString("N")[..18]}_-{(int)Detection.Ref.Source}{Detection.Ref.Index}";
}

/// <summary>What an analyst changed on an incident.</summary>
internal sealed record IncidentChange
{
    public string? Status { get; init; }

    public string? AssignedTo { get; init; }

    public string? Classification { get; init; }

    public string? Determination { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }
}
