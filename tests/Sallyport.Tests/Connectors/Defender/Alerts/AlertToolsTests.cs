using System.Text.Json;
using Sallyport.Connectors.Defender.Access;
using Sallyport.Core;
using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Connectors.Defender.Alerts;

public sealed class AlertToolsTests
{
    private const string Tool = "defender_alerts_list";

    [Fact]
    public async Task Without_arguments_twenty_five_are_asked_for_and_no_filter()
    {
        await using var range = await DefenderRange.StartAsync();

        var answer = await DefenderRange.CallAsync(range.Client(), Tool, "{}");

        Assert.Equal(("/v1.0/security/alerts_v2", "?$top=25"), (range.Asked[0].Path, range.Asked[0].Query));
        Assert.Equal(25, answer.GetProperty("alerts").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("metadata").GetProperty("filter").ValueKind);
    }

    [Theory]
    [InlineData(false, "severity eq 'high' and status eq 'new'")]
    [InlineData(true, "severity eq 'High' and status eq 'New'")]
    public async Task Severity_and_state_are_filtered_in_the_words_of_the_interface(bool isLegacy, string filter)
    {
        await using var range = await DefenderRange.StartAsync();

        var answer = await DefenderRange.CallAsync(range.Client(isLegacy ? ApiFlavor.Legacy : ApiFlavor.Graph), Tool, """{"severity":"High","status":"New","limit":10}""");

        Assert.Equal(filter, answer.GetProperty("metadata").GetProperty("filter").GetString());
        Assert.NotEmpty(answer.GetProperty("alerts").EnumerateArray());
        Assert.All(answer.GetProperty("alerts").EnumerateArray(), alert
            => Assert.Equal(("High", "New"), (alert.GetProperty("severity").GetString(), alert.GetProperty("status").GetString())));
    }

    [Fact]
    public async Task Both_interfaces_give_the_same_alert()
    {
        await using var range = await DefenderRange.StartAsync();
        var graph = await FirstAsync(range.Client());
        var legacy = await FirstAsync(range.Client(ApiFlavor.Legacy));

        foreach (var member in (string[])["id", "title", "severity", "status", "category", "machine_id", "computer_dns_name", "first_event_time", "incident_id", "created_time"])
            Assert.Equal(graph.GetProperty(member).ToString(), legacy.GetProperty(member).ToString());
    }

    [Fact]
    public async Task Small_pages_are_followed_until_there_are_enough()
    {
        await using var range = await DefenderRange.StartAsync();
        range.Controls.LargestPage = 10;

        Assert.Equal(25, (await DefenderRange.CallAsync(range.Client(), Tool, "{}")).GetProperty("alerts").GetArrayLength());
        Assert.Equal(3, range.Asked.Count);
    }

    [Fact]
    public async Task A_next_page_at_another_address_is_never_asked_for()
    {
        await using var range = await DefenderRange.StartAsync();
        (range.Controls.LargestPage, range.Controls.NextLinkOrigin) = (10, "https://evil.example");

        Assert.Equal(UpstreamFailure.InvalidResponse, (await DefenderRange.FailsAsync(range.Client(), Tool, "{}")).Failure);
        Assert.Single(range.Asked);
    }

    [Fact]
    public async Task Going_back_in_time_shows_other_alerts()
    {
        await using var range = await DefenderRange.StartAsync();
        var client = range.Client();
        var first = await DefenderRange.CallAsync(client, Tool, """{"limit":100}""");
        var before = first.GetProperty("metadata").GetProperty("next_before").GetString();
        var second = await DefenderRange.CallAsync(client, Tool, JsonSerializer.Serialize(new { limit = 100, before }));

        Assert.Empty(Ids(first).Intersect(Ids(second)));
    }

    [Fact]
    public async Task One_alert_comes_with_everything_it_is_about()
    {
        await using var range = await DefenderRange.StartAsync();
        foreach (var flavor in Enum.GetValues<ApiFlavor>())
        {
            var client = range.Client(flavor);
            var id = (await FirstAsync(client)).GetProperty("id").GetString();
            var detail = await DefenderRange.CallAsync(client, "defender_alert_get", JsonSerializer.Serialize(new { alert_id = id }));

            Assert.Equal(id, detail.GetProperty("alert").GetProperty("id").GetString());
            Assert.NotEmpty(detail.GetProperty("entities").EnumerateArray());
        }
    }

    [Fact]
    public async Task Reads_are_repeated_after_faults_and_end_in_words_of_ours()
    {
        await using var range = await DefenderRange.StartAsync();
        range.Faults.Script("/v1.0", FaultStep.StatusRetryAfter(503, 0), times: 10);

        var failure = await DefenderRange.FailsAsync(range.Client(), Tool, "{}");

        Assert.Equal((UpstreamFailure.Unavailable, 4), (failure.Failure, range.Asked.Count));
    }

    [Fact]
    public async Task An_error_is_reduced_to_its_short_code()
    {
        await using var range = await DefenderRange.StartAsync();
        range.Faults.Script("/v1.0", FaultStep.Status(400, """{"error":{"code":"BadThing","message":"zugzwang <script>","innerError":{"request-id":"zugzwang"}}}"""));

        var failure = await DefenderRange.FailsAsync(range.Client(), Tool, "{}");

        Assert.Contains("BadThing", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("zugzwang", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> FirstAsync(Sallyport.Connectors.Defender.DefenderClient client)
        => (await DefenderRange.CallAsync(client, Tool, """{"limit":100}""")).GetProperty("alerts").EnumerateArray().First(alert => alert.GetProperty("machine_id").GetString() is not null);

    private static IEnumerable<string?> Ids(JsonElement page) => page.GetProperty("alerts").EnumerateArray().Select(alert => alert.GetProperty("id").GetString());
}
