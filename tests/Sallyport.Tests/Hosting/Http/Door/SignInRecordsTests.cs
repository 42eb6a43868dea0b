using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sallyport.Hosting.Http.Door;
using Sallyport.Tests.Gateway.Audit;
using Sallyport.Tests.Mcp;

namespace Sallyport.Tests.Hosting.Http.Door;

public sealed class SignInRecordsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_token_is_in_the_audit_with_where_it_came_from_and_without_the_token()
    {
        await using var edge = await TestEdge.StartAsync(static options => options with { FailedSignIns = new(3, TimeSpan.FromMinutes(1)) }, Token);

        using (await edge.Client.GetAsync(new Uri("/tools", UriKind.Relative), Token))
            Assert.DoesNotContain("gate_sign_in", edge.Gate.AuditText, StringComparison.Ordinal);
        List<HttpStatusCode> statuses = [];
        for (var i = 0; i < 5; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/tools") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", $"guessed-token-{i}") } };
            using var answer = await edge.Client.SendAsync(request, Token);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([401, 401, 401, 429, 429], statuses.Select(status => (int)status));
        var records = edge.Gate.AuditText.Split('\n').Where(line => line.Contains("gate_sign_in", StringComparison.Ordinal)).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(["open", "close", "open", "close", "open", "close"], records.Select(record => record.GetProperty("event").GetString()));
        Assert.Equal("""{"address":"127.0.0.1","channel":"http","token":"is no caller's"}""", records[0].GetProperty("arguments").GetRawText());
        Assert.Equal(("(nobody)", "refused", "unauthorized", "door"), (Text(records[1], "caller"), Text(records[1], "outcome"), Text(records[1], "code"), Text(records[1], "gate")));
        Assert.DoesNotContain("guessed-token", edge.Gate.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_them_does_not_flood_the_audit_and_what_is_left_out_is_counted()
    {
        using var test = new TestLog();
        var clock = new FakeClock();
        await using (var log = await test.StartAsync())
        {
            var records = new SignInRecords(log, clock);
            for (var i = 0; i < 1000; i++)
                await records.NoteAsync(new IPAddress([203, 0, (byte)(i / 256), (byte)i]), "is no caller's");
            clock.Advance(TimeSpan.FromMinutes(1));
            await records.NoteAsync(IPAddress.None, "is no caller's");
            await records.NoteAsync(IPAddress.None, "is no caller's");
        }

        var opened = test.Lines.Select(line => JsonElement.Parse(line)).Where(record => Text(record, "event") == "open").Select(record => record.GetProperty("arguments")).ToList();
        Assert.Equal(62, opened.Count);
        Assert.Equal("""{"channel":"http","leftOut":940,"token":"is no caller's"}""", opened[60].GetRawText());
        Assert.Equal("""{"channel":"http","token":"is no caller's"}""", opened[61].GetRawText());
    }

    [Fact]
    public async Task Where_it_cannot_be_recorded_the_token_is_refused_all_the_same()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        await edge.Gate.Parts.Audit.DisposeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/tools") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "guessed-token") } };

        using var answer = await edge.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static string? Text(JsonElement record, string member) => record.GetProperty(member).GetString();
}
