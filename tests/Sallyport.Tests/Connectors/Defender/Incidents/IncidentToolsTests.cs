using System.Text.Json;
using Sallyport.Connectors.Defender.Access;
using Sallyport.Core;

namespace Sallyport.Tests.Connectors.Defender.Incidents;

public sealed class IncidentToolsTests
{
    private const string Tour = """{"incident_id":"2972395"}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_incident_comes_with_its_alerts_and_entities(bool isLegacy)
    {
        await using var range = await DefenderRange.StartAsync();

        var incident = await DefenderRange.CallAsync(range.Client(isLegacy ? ApiFlavor.Legacy : ApiFlavor.Graph), "defender_incident_get", Tour);

        Assert.Equal("Multi-stage attack from a phishing mail on ws-37", incident.GetProperty("title").GetString());
        Assert.Equal(("High", "Active", 6), (incident.GetProperty("severity").GetString(), incident.GetProperty("status").GetString(), incident.GetProperty("alert_count").GetInt32()));
        var entities = incident.GetProperty("entities").EnumerateArray().ToList();
        var device = Assert.Single(entities, entity => entity.GetProperty("type").GetString() == "device" && entity.GetProperty("name").GetString() == "ws-37.contoso.example");
        Assert.True(device.GetProperty("alert_ids").GetArrayLength() > 1);
        foreach (var type in (string[])["user", "file", "process", "ip", "url"])
            Assert.Contains(entities, entity => entity.GetProperty("type").GetString() == type);
        Assert.False(incident.TryGetProperty("raw", out _));
    }

    [Fact]
    public async Task Links_carry_no_query()
    {
        await using var range = await DefenderRange.StartAsync();

        var incident = await DefenderRange.CallAsync(range.Client(), "defender_incident_get", Tour);

        Assert.Equal("https://security.microsoft.com/incidents/2972395", incident.GetProperty("web_url").GetString());
        Assert.DoesNotContain(range.Tenant.TenantId, incident.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99")]
    [InlineData("no-such")]
    public async Task An_unknown_incident_is_not_found(string id)
    {
        await using var range = await DefenderRange.StartAsync();

        Assert.Equal(UpstreamFailure.NotFound, (await DefenderRange.FailsAsync(range.Client(), "defender_incident_get", $$"""{"incident_id":"{{id}}"}""")).Failure);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..")]
    [InlineData("1/alerts")]
    [InlineData("1\n")]
    [InlineData("")]
    public void An_id_that_is_no_id_does_not_pass_the_schema(string id)
    {
        var tool = new Sallyport.Connectors.Defender.DefenderConnector().Tools.Single(known => known.Name == "defender_incident_get");

        Assert.NotEmpty(tool.Input.Validate(JsonSerializer.SerializeToUtf8Bytes(new { incident_id = id })));
    }

    [Fact]
    public async Task A_service_that_refuses_to_expand_is_asked_once_more_without()
    {
        await using var range = await DefenderRange.StartAsync();
        range.Controls.RefusesExpand = true;

        var incident = await DefenderRange.CallAsync(range.Client(), "defender_incident_get", Tour);

        Assert.Equal(["?$expand=alerts", ""], range.Asked.Select(entry => entry.Query));
        Assert.Single(incident.GetProperty("warnings").EnumerateArray());
    }

    [Fact]
    public async Task Incidents_are_listed_newest_first_by_state()
    {
        await using var range = await DefenderRange.StartAsync();

        var incidents = (await DefenderRange.CallAsync(range.Client(), "defender_incidents_list", """{"status":"Active","limit":10}""")).GetProperty("incidents").EnumerateArray().ToList();

        Assert.All(incidents, incident => Assert.Equal("Active", incident.GetProperty("status").GetString()));
        Assert.Equal(incidents.Select(Created).OrderDescending(StringComparer.Ordinal), incidents.Select(Created));
    }

    [Theory]
    [InlineData(false, """{"status":"inProgress","assignedTo":"sam.ops@contoso.example","classification":"truePositive","determination":"phishing","customTags":["tour"]}""")]
    [InlineData(true, """{"status":"InProgress","assignedTo":"sam.ops@contoso.example","classification":"TruePositive","determination":"Phishing","tags":["tour"]}""")]
    public async Task A_change_is_sent_in_the_words_of_the_interface_and_read_back(bool isLegacy, string body)
    {
        await using var range = await DefenderRange.StartAsync();
        var client = range.Client(isLegacy ? ApiFlavor.Legacy : ApiFlavor.Graph);

        await DefenderRange.CallAsync(client, "defender_incident_update", """
            {"incident_id":"2972395","status":"InProgress","assigned_to":"sam.ops@contoso.example","classification":"TruePositive","determination":"Phishing","tags":["tour"]}
            """);
        var incident = await DefenderRange.CallAsync(client, "defender_incident_get", Tour);

        Assert.Equal(("PATCH", body), (range.Asked[0].Method, range.Asked[0].Body));
        Assert.Equal(("InProgress", "TruePositive", "Phishing"), (incident.GetProperty("status").GetString(), incident.GetProperty("classification").GetString(), incident.GetProperty("determination").GetString()));
    }

    [Fact]
    public async Task A_change_of_nothing_is_refused_before_anything_is_sent()
    {
        await using var range = await DefenderRange.StartAsync();

        await Assert.ThrowsAsync<InvalidArgumentsException>(() => DefenderRange.CallAsync(range.Client(), "defender_incident_update", Tour));

        Assert.Equal(0, range.Journal.Total);
    }

    private static string? Created(JsonElement incident) => incident.GetProperty("created_time").GetString();
}
