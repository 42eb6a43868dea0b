using Sallyport.Configuration;
using Sallyport.Connectors;
using Sallyport.Hosting;

namespace Sallyport.Tests.Gateway.Discovery;

/// <summary>What a gate in front of every platform would offer, from settings as an operator writes them; nothing is reached.</summary>
internal static class AllPlatforms
{
    public static IReadOnlyList<string> Names { get; } = ["eset", "defender", "vectra", "defectdojo", "network"];

    /// <param name="platforms">All of them when empty.</param>
    /// <param name="more">Settings by path, e.g. <c>catalog</c>.</param>
    public static GatewayOffer Offer(IReadOnlyList<string> platforms, params (string Path, string Value)[] more)
    {
        List<CommandLineSetting> settings = [new("mode", "rw", "test"), .. more.Select(one => new CommandLineSetting(one.Path, one.Value, "test"))];
        foreach (var platform in platforms.Count == 0 ? Names : platforms)
            settings.AddRange(Section(platform).Select(one => new CommandLineSetting($"tenants.contoso.{platform}.{one.Name}", one.Value, "test")));
        var loaded = new SettingsSource(new SettingsInputs(BuiltInConnectors.All, new Dictionary<string, string>(), AppContext.BaseDirectory) { CommandLine = settings }).Load();
        Assert.True(loaded.Settings is not null, string.Join('\n', loaded.Problems));
        return GatewayBuilder.Offer(loaded.Settings, BuiltInConnectors.All);
    }

    private static (string Name, string Value)[] Section(string platform) => platform switch
    {
        "eset" => [("deployment", "cloud"), ("region", "eu"), ("user", "u"), ("password", "p")],
        "defender" => [("tenantId", "11111111-1111-1111-1111-111111111111"), ("clientId", "11111111-1111-1111-1111-111111111112"), ("clientSecret", "s")],
        "vectra" => [("baseUrl", "https://contoso.cc1.portal.vectra.ai"), ("clientId", "a"), ("clientSecret", "b")],
        "defectdojo" => [("url", "https://dojo.example.com"), ("apiKey", "k")],
        _ => [("allowedTargets", "RFC1918")],
    };
}
