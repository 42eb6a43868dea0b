using Sallyport.Simulator.DefectDojo;
using Sallyport.Simulator.Defender;
using Sallyport.Simulator.Eset;
using Sallyport.Simulator.Vectra;

namespace Sallyport.Simulator.Hosting;

/// <summary>The list of platforms: one line each.</summary>
internal static class BuiltInPlatforms
{
    private static readonly (Platform Platform, string Name, Func<PlatformContext, ISimulatedPlatform> Build)[] All =
    [
        (Platform.Defender, "defender", static context => new DefenderPlatform(context)),
        (Platform.DefectDojo, "defectdojo", static context => new DefectDojoPlatform(context)),
        (Platform.Vectra, "vectra", static context => new VectraPlatform(context)),
        (Platform.Eset, "eset", static context => new EsetPlatform(context)),
    ];

    public static IReadOnlyList<Platform> Every { get; } = [.. All.Select(static entry => entry.Platform)];

    public static string NameOf(Platform platform) => Entry(platform).Name;

    public static ISimulatedPlatform Build(Platform platform, PlatformContext context) => Entry(platform).Build(context);

    private static (Platform Platform, string Name, Func<PlatformContext, ISimulatedPlatform> Build) Entry(Platform platform)
        => All.First(entry => entry.Platform == platform);
}
