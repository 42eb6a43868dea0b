using System.Text.Json;

namespace Sallyport.Tests.Simulator.Vectra;

public class AssignmentEndpointsTests
{
    private const string OnVictim = """{"assign_to_user_id":59,"assign_host_id":334}""";

    private static JsonElement Assignment(string body) => JsonElement.Parse(body).GetProperty("assignment");

    [Fact]
    public async Task An_assignment_is_made_shown_listed_and_removed()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var (created, body) = await vectra.SendAsync("POST", "/assignments", OnVictim);
        var id = Assignment(body).GetProperty("id").GetInt32();
        var shown = await vectra.GetAsync($"/assignments/{id}");
        var mine = await vectra.GetAsync("/assignments?assignees=59&resolved=false&page_size=100");
        var onHost = await vectra.GetAsync("/assignments?hosts=334");
        var host = await vectra.GetAsync("/hosts/334");
        var (deleted, _) = await vectra.SendAsync("DELETE", $"/assignments/{id}");

        Assert.Equal((201, 204), (created, deleted));
        Assert.Equal((334, JsonValueKind.Null, "ana.lyst@contoso.example"), (shown.GetProperty("host_id").GetInt32(), shown.GetProperty("account_id").ValueKind, shown.GetProperty("assigned_to").GetProperty("username").GetString()));
        Assert.Equal("created", shown.GetProperty("events")[0].GetProperty("event_type").GetString());
        Assert.Contains(mine.GetProperty("results").EnumerateArray(), a => a.GetProperty("id").GetInt32() == id);
        Assert.All(mine.GetProperty("results").EnumerateArray(), a => Assert.Equal(59, a.GetProperty("assigned_to").GetProperty("id").GetInt32()));
        Assert.Equal(1, onHost.GetProperty("count").GetInt32());
        Assert.Equal(id, host.GetProperty("assignment").GetProperty("id").GetInt32());
        Assert.Equal(404, (await vectra.SendAsync("GET", $"/assignments/{id}")).Status);
    }

    [Fact]
    public async Task A_second_open_assignment_on_one_entity_is_a_conflict()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        await vectra.SendAsync("POST", "/assignments", OnVictim);
        var again = await vectra.SendAsync("POST", "/assignments", OnVictim);
        var account = await vectra.SendAsync("POST", "/assignments", """{"assign_to_user_id":59,"assign_account_id":21}""");

        Assert.Equal((409, 201), (again.Status, account.Status));
        Assert.NotEmpty(JsonElement.Parse(again.Body).GetProperty("errors")[0].GetProperty("title").GetString()!);
    }

    [Fact]
    public async Task A_resolved_assignment_has_an_outcome_and_cannot_be_resolved_again()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var id = Assignment((await vectra.SendAsync("POST", "/assignments", OnVictim)).Body).GetProperty("id").GetInt32();

        var moved = await vectra.SendAsync("PUT", $"/assignments/{id}", """{"assign_to_user_id":60}""");
        var resolved = await vectra.SendAsync("PUT", $"/assignments/{id}/resolve", """{"outcome":2,"note":"real","mark_as_fixed":true,"detection_ids":[1933]}""");
        var again = await vectra.SendAsync("PUT", $"/assignments/{id}/resolve", """{"outcome":2}""");

        Assert.Equal((200, 200, 409), (moved.Status, resolved.Status, again.Status));
        Assert.Equal("malicious_true_positive", Assignment(resolved.Body).GetProperty("outcome").GetProperty("category").GetString());
        Assert.Equal(["created", "reassigned", "resolved"], Assignment(resolved.Body).GetProperty("events").EnumerateArray().Select(e => e.GetProperty("event_type").GetString()));
        Assert.Equal("fixed", (await vectra.GetAsync("/detections/1933")).GetProperty("state").GetString());
        Assert.Equal(201, (await vectra.SendAsync("POST", "/assignments", OnVictim)).Status);
    }

    [Fact]
    public async Task Open_and_resolved_assignments_are_there_from_the_start()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var open = await vectra.GetAsync("/assignments?resolved=false");
        var resolved = await vectra.GetAsync("/assignments?resolved=true");
        var after = await vectra.GetAsync("/assignments?created_after=2999-01-01T00:00:00Z");

        Assert.Equal((15, 9, 0), (open.GetProperty("count").GetInt32(), resolved.GetProperty("count").GetInt32(), after.GetProperty("count").GetInt32()));
        Assert.All(resolved.GetProperty("results").EnumerateArray(), a => Assert.Equal(JsonValueKind.Object, a.GetProperty("outcome").ValueKind));
        Assert.Equal(3, (await vectra.GetAsync("/assignment_outcomes")).GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("""{"assign_to_user_id":1,"assign_host_id":334}""")]
    [InlineData("""{"assign_to_user_id":59,"assign_host_id":4000}""")]
    [InlineData("""{"assign_to_user_id":59}""")]
    [InlineData("[]")]
    public async Task An_assignment_to_nobody_or_of_nothing_is_a_bad_request(string body)
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        Assert.Equal(400, (await vectra.SendAsync("POST", "/assignments", body)).Status);
    }
}
