using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Configuration;
using Sallyport.Configuration.Loading;
using Sallyport.Connectors;

namespace Sallyport.Tests.Configuration;

public sealed class SettingsSectionsTests
{
    /// <summary>For each member of the settings, something that is not its default.</summary>
    private const string Samples =
        """
        {
          "http": { "listen": "127.0.0.1:9", "allowedHosts": ["gate.test"], "tls": { "certificate": "c.pem", "key": "k.pem" } },
          "stdio": { "role": "reader", "tenants": ["contoso"] },
          "callers": [{ "name": "ana", "token": "t" }],
          "roles": { "triage": { "allow": ["vectra/*:read"] } },
          "approvals": { "require": "writes", "approvers": 2 },
          "limits": { "mutations": "1/60s" },
          "untrusted": { "wrapping": "off" },
          "audit": { "file": "a.jsonl" },
          "state": { "directory": "there" },
          "observability": { "logFormat": "json" },
          "health": { "checkInterval": "99s" },
          "circuitBreaker": { "failureThreshold": 9 },
          "tools": { "exclude": ["net_ports_scan"] },
          "toolsets": { "hide": ["vectra"] },
          "tenants": { "contoso": { "mode": "rw" } },
          "oauth": { "issuer": "https://issuer.test", "audience": "gate" },
          "mode": "rw",
          "catalog": "lean",
          "toolNames": "reference",
          "transport": "http",
          "defaultTenant": "contoso",
          "allowLoopbackUpstream": true
        }
        """;

    public static TheoryData<string> Members => [.. SettingsJson.Default.SallyportSettings.Properties.Select(property => property.Name)];

    /// <summary>The serializer is the measure: what it makes of the whole is what reading section by section has to make.</summary>
    [Theory]
    [MemberData(nameof(Members))]
    public void Each_member_is_read_as_the_serializer_reads_it(string member)
    {
        var samples = JsonNode.Parse(Samples)!.AsObject();
        var written = new JsonObject();
        foreach (var section in Always())
            written[section] = section is "callers" ? new JsonArray() : new JsonObject();
        var before = Read(written);

        written[member] = samples[member]!.DeepClone();
        var after = Read(written);

        Assert.NotEqual(before, after);
        Assert.Equal(Whole(written), after);
    }

    [Fact]
    public void Sections_that_are_always_there_are_those_that_the_settings_require()
        => Assert.Equal(Always(), SettingsSchema.Write(BuiltInConnectors.All).Sections);

    [Fact]
    public void Just_the_platforms_that_need_nothing_say_what_an_empty_section_means()
    {
        foreach (var connector in BuiltInConnectors.All)
        {
            var needs = connector.Settings.Schema.Validate("{}"u8, 10).Select(error => error.Message).ToList();
            Assert.Equal(connector.Id == "network", connector.Settings.Unset is not null);
            if (connector.Settings.Unset is not { } unset)
                continue;
            Assert.Empty(needs);
            // Space in between keeps it from being known as empty, so that it is read and checked.
            var read = connector.Settings.Read("{ }"u8.ToArray());
            Assert.NotSame(unset, read);
            Assert.Equal(unset, read);
            Assert.Empty(connector.Settings.Check(read));
        }
    }

    private static IEnumerable<string> Always()
        => SettingsJson.Default.SallyportSettings.Properties.Where(property => property.IsRequired).Select(property => property.Name);

    private static string Read(JsonObject written)
    {
        using var document = JsonDocument.Parse(written.ToJsonString());
        var settings = SettingsSections.Read(document.RootElement);
        var tenants = document.RootElement.GetProperty("tenants").EnumerateObject().ToDictionary(tenant => tenant.Name, tenant => SettingsSections.Tenant(tenant.Value));
        return JsonSerializer.Serialize(settings with { Tenants = tenants }, SettingsJson.Default.SallyportSettings);
    }

    private static string Whole(JsonObject written)
        => JsonSerializer.Serialize(written.Deserialize(SettingsJson.Default.SallyportSettings)!, SettingsJson.Default.SallyportSettings);
}
