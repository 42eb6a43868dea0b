using System.Collections.Immutable;
using Sallyport.Simulator.World.People;

namespace Sallyport.Simulator.World.Detections;

/// <summary>Tells which detections make an incident.</summary>
internal static class IncidentStory
{
    public const int DetectionsEach = 3;
    private const int FirstNumber = 2_972_395;

    private static readonly ImmutableArray<DetectionRef> Tour =
    [
        new(DetectionSource.Mail, 0), new(DetectionSource.Endpoint, 0), new(DetectionSource.Endpoint, 1), new(DetectionSource.Network, 0),
        new(DetectionSource.Network, 1), new(DetectionSource.Network, 2), new(DetectionSource.Endpoint, 2), new(DetectionSource.Cloud, 0),
        new(DetectionSource.Cloud, 1),
    ];

    /// <summary>The incident that an endpoint detection belongs to.</summary>
    public static int IncidentOf(int endpointDetection)
        => endpointDetection < Cast.EndpointDetections ? Cast.Incident : 1 + ((endpointDetection - Cast.EndpointDetections) / DetectionsEach);

    public static Incident Tell(Company company, int index)
    {
        var dice = company.Roll(Purpose.Incident, -1_000_000 - index);
        var detections = (index == Cast.Incident ? Tour : Background(index)).Select(company.Detection).OrderBy(static d => d.FirstSeen).ToImmutableArray();
        var worst = detections.MaxBy(static d => d.Kind.Severity)!;
        var status = index == Cast.Incident ? IncidentStatus.New : Status(dice.Below(10));
        return new()
        {
            Index = index,
            Id = dice.Uuid(),
            Number = FirstNumber + index,
            Title = index == Cast.Incident
                ? "Multi-stage attack from a phishing mail on ws-37"
                : $"{worst.Kind.Name} on {company.Device(worst.DeviceIndex!.Value).Name}",
            Severity = worst.Kind.Severity,
            Status = status,
            AssignedTo = status == IncidentStatus.New ? null : dice.Pick<Analyst>(Analyst.All).Upn,
            Created = detections[0].FirstSeen + TimeSpan.FromMinutes(4),
            Updated = detections.Max(static d => d.LastSeen),
            Detections = [.. detections.Select(static d => d.Ref)],
        };
    }

    private static ImmutableArray<DetectionRef> Background(int index)
        => [.. Enumerable.Range(Cast.EndpointDetections + ((index - 1) * DetectionsEach), DetectionsEach)
            .Select(static i => new DetectionRef(DetectionSource.Endpoint, i))];

    private static IncidentStatus Status(int tenth) => tenth switch
    {
        < 4 => IncidentStatus.New,
        < 6 => IncidentStatus.InProgress,
        _ => IncidentStatus.Resolved,
    };
}
