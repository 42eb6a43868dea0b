using System.Text.Json;
using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Tests.Simulator.World;

/// <summary>Companies for tests, and everything that one tells, as text that can be compared.</summary>
internal static class Stories
{
    public static readonly DateTimeOffset Now = new(2026, 5, 12, 9, 0, 0, TimeSpan.Zero);

    public static Company Company(int seed = 1, int devices = 400, double hostile = 0) => new(seed, devices, Now, () => hostile);

    public static string Whole(Company company) => string.Join('\n',
        company.Devices().Select(Text)
            .Concat(company.Users().Select(Text))
            .Concat(Enum.GetValues<DetectionSource>().SelectMany(company.Detections).Select(Text))
            .Concat(Enumerable.Range(0, company.IncidentCount).Select(company.Incident).Select(Text))
            .Concat(Enumerable.Range(0, company.WeaknessCount).Select(company.Weakness).Select(Text)));

    public static string Text<T>(T item) => JsonSerializer.Serialize(item);
}
