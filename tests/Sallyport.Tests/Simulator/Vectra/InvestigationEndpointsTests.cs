using System.Text.Json;

namespace Sallyport.Tests.Simulator.Vectra;

/// <summary>Notes, users, lockdown, events and health.</summary>
public class InvestigationEndpointsTests
{
    [Theory]
    [InlineData("/entities/334/notes", "?type=host", "/hosts/334")]
    [InlineData("/entities/21/notes", "?type=account", "/accounts/21")]
    [InlineData("/detections/1933/notes", "", "/detections/1933")]
    public async Task A_note_is_kept_and_shown_on_what_it_is_about(string notes, string type, string shownOn)
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var (status, body) = await vectra.SendAsync("POST", notes + type, """{"note":"checked with owner"}""");
        var listed = await vectra.GetAsync(notes + type);
        var shown = await vectra.GetAsync(shownOn);

        Assert.Equal((201, "api-client"), (status, JsonElement.Parse(body).GetProperty("created_by").GetString()));
        Assert.Equal("checked with owner", Assert.Single(listed.EnumerateArray()).GetProperty("note").GetString());
        Assert.Equal("checked with owner", shown.GetProperty("note").GetString());
    }

    [Fact]
    public async Task A_note_can_be_sent_as_a_form_changed_and_removed()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        const string Path = "/entities/334/notes";

        using var form = new FormUrlEncodedContent([new("note", "say \"hi\" & ü")]);
        using var answer = await vectra.Http.PostAsync("/api/v3.4" + Path + "?type=host", form);
        var note = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        var one = $"{Path}/{note.GetProperty("id").GetInt32()}?type=host";
        var changed = await vectra.SendAsync("PATCH", one, """{"note":"second thought"}""");
        var removed = await vectra.SendAsync("DELETE", one);

        Assert.Equal("say \"hi\" & ü", note.GetProperty("note").GetString());
        Assert.Equal((200, "second thought"), (changed.Status, JsonElement.Parse(changed.Body).GetProperty("note").GetString()));
        Assert.Equal((204, 404), (removed.Status, (await vectra.SendAsync("DELETE", one)).Status));
        Assert.Equal(0, (await vectra.GetAsync(Path + "?type=host")).GetArrayLength());
    }

    [Theory]
    [InlineData("/entities/334/notes", """{"note":"x"}""", 400)]
    [InlineData("/entities/334/notes?type=host", """{"note":""}""", 400)]
    [InlineData("/entities/334/notes?type=host", "{}", 400)]
    [InlineData("/entities/9999/notes?type=host", """{"note":"x"}""", 404)]
    public async Task A_note_without_text_or_place_is_refused(string path, string body, int status)
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        Assert.Equal(status, (await vectra.SendAsync("POST", path, body)).Status);
    }

    [Fact]
    public async Task Users_of_every_role_can_be_found_by_role_mail_and_last_login()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var roles = (await vectra.GetAsync("/users/roles")).EnumerateArray().Select(r => r.GetProperty("standardized_name").GetString()).ToList();

        foreach (var role in roles)
            Assert.InRange((await vectra.GetAsync("/users?role=" + role)).GetProperty("count").GetInt32(), 1, 9);
        var ana = await vectra.GetAsync("/users?email=ANA.LYST@contoso.example");
        var recent = await vectra.GetAsync("/users?last_login_gte=" + ana.GetProperty("results")[0].GetProperty("last_login").GetString());

        Assert.Equal(8, roles.Count);
        Assert.Equal((1, 59), (ana.GetProperty("count").GetInt32(), ana.GetProperty("results")[0].GetProperty("id").GetInt32()));
        Assert.Equal(1, recent.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Version_3_3_shows_the_role_as_it_is_displayed()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var old = JsonElement.Parse(await vectra.Http.GetStringAsync("/api/v3.3/users/59"));
        var current = await vectra.GetAsync("/users/59");

        Assert.Equal(("Security Analyst", false), (old.GetProperty("role").GetString(), old.TryGetProperty("name", out _)));
        Assert.Equal(("security_analyst", "Ana Lyst"), (current.GetProperty("role").GetString(), current.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Lockdown_is_a_bare_list_that_can_be_made_to_ask_for_a_type()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var all = await vectra.GetAsync("/lockdown");
        var hosts = await vectra.GetAsync("/lockdown?type=host");
        vectra.Controls.LockdownNeedsType = true;

        Assert.Equal((5, 3), (all.GetArrayLength(), hosts.GetArrayLength()));
        Assert.Equal(400, (await vectra.SendAsync("GET", "/lockdown")).Status);
    }

    [Theory]
    [InlineData("detections", 2_600)]
    [InlineData("audits", 400)]
    public async Task A_stream_of_events_goes_on_from_its_checkpoint_until_nothing_remains(string stream, int total)
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var (seen, from, remaining) = (0, 1L, 1L);

        while (remaining > 0)
        {
            var page = await vectra.GetAsync($"/events/{stream}?limit=1000&from={from}");
            seen += page.GetProperty("events").GetArrayLength();
            (from, remaining) = (page.GetProperty("next_checkpoint").GetInt64(), page.GetProperty("remaining_count").GetInt64());
        }

        Assert.Equal((total, total + 1), (seen, from));
    }

    [Fact]
    public async Task Scores_are_a_stream_as_well_and_a_window_narrows_it()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var all = await vectra.GetAsync("/events/entity_scoring?limit=1000");
        var last = all.GetProperty("events").EnumerateArray().Last();

        var narrow = await vectra.GetAsync("/events/entity_scoring?event_timestamp_gte=" + last.GetProperty("event_timestamp").GetString());

        Assert.InRange(narrow.GetProperty("events").GetArrayLength(), 1, 5);
    }

    [Fact]
    public async Task Health_is_shown_whole_and_check_by_check()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var all = await vectra.GetAsync("/health");
        var one = await vectra.GetAsync("/health/sensors");

        Assert.True(all.EnumerateObject().Count() > 4);
        Assert.Equal("sensor-a", one.GetProperty("sensors").GetProperty("sensors")[0].GetProperty("name").GetString());
        Assert.Equal(404, (await vectra.SendAsync("GET", "/health/mood")).Status);
    }
}
