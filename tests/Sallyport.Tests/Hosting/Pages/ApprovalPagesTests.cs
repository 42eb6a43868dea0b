using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Sallyport.Tests.Mcp;

namespace Sallyport.Tests.Hosting.Pages;

public sealed partial class ApprovalPagesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_signs_in_sees_the_call_and_approves_it_and_it_runs_once()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var id = await HeldAsync(edge);

        var (shown, page) = await PostAsync(edge, $"/approvals/{id}", ("token", TestEdge.ApproverToken));
        var (decided, result) = await DecideAsync(edge, id, TicketIn(page), "approve");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (shown, decided));
        Assert.Contains("sample_host_remove on contoso", page, StringComparison.Ordinal);
        Assert.Contains("Removes one host.", page, StringComparison.Ordinal);
        Assert.Contains("<b>host_id</b><pre>7</pre>", page, StringComparison.Ordinal);
        Assert.Contains("Approved.", result, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (await UseAsync(edge, id), await UseAsync(edge, id)));
        Assert.Contains("\"channel\":\"page\"", edge.Gate.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_no_is_a_no()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var id = await HeldAsync(edge);
        var (_, page) = await PostAsync(edge, $"/approvals/{id}", ("token", TestEdge.ApproverToken));

        await DecideAsync(edge, id, TicketIn(page), "deny");

        Assert.Equal(HttpStatusCode.Forbidden, await UseAsync(edge, id));
    }

    [Fact]
    public async Task Before_the_sign_in_every_id_looks_the_same()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var id = await HeldAsync(edge);
        edge.Client.DefaultRequestHeaders.Authorization = null;
        const string None = "apr_000000000000000000000000";

        var known = await edge.Client.GetStringAsync($"/approvals/{id}", Token);
        var unknown = await edge.Client.GetStringAsync($"/approvals/{None}", Token);

        Assert.Equal(unknown.Replace(None, id, StringComparison.Ordinal), known);
    }

    [Theory]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData(TestEdge.ReaderToken, HttpStatusCode.Forbidden)]
    [InlineData(TestEdge.WriterToken, HttpStatusCode.Forbidden)]
    public async Task Who_may_not_decide_sees_nothing_of_the_call(string token, HttpStatusCode expected)
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var id = await HeldAsync(edge);

        var (status, page) = await PostAsync(edge, $"/approvals/{id}", ("token", token));

        Assert.Equal(expected, status);
        Assert.DoesNotContain("sample_host_remove", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ticket", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_another_instance_decides_nothing_and_says_so_with_a_way_on()
    {
        await using var one = await TestEdge.StartAsync(Token);
        await using var other = await TestEdge.StartAsync(Token);
        var id = await HeldAsync(one);
        var (_, page) = await PostAsync(one, $"/approvals/{id}", ("token", TestEdge.ApproverToken));

        var (status, answer) = await DecideAsync(other, id, TicketIn(page), "approve");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("comes from another instance of the gate. Nothing was decided.", answer, StringComparison.Ordinal);
        Assert.Contains($"action=\"/approvals/{id}\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"event\":\"decision\"", one.Gate.AuditText + other.Gate.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_is_for_one_decision_about_one_call()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var (first, second) = (await HeldAsync(edge, 7), await HeldAsync(edge, 8));
        var (_, page) = await PostAsync(edge, $"/approvals/{first}", ("token", TestEdge.ApproverToken));
        var ticket = TicketIn(page);

        var (other, _) = await DecideAsync(edge, second, ticket, "approve");
        var (late, _) = await DecideAsync(edge, first, ticket, "approve");
        var (none, _) = await PostAsync(edge, $"/approvals/{first}/decide", ("verdict", "approve"));
        var (forged, _) = await DecideAsync(edge, first, new string('A', 43), "approve");

        Assert.All([other, late, none, forged], status => Assert.Equal(HttpStatusCode.Forbidden, status));
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (await UseAsync(edge, first, 7), await UseAsync(edge, second, 8)));
        Assert.DoesNotContain("\"event\":\"decision\"", edge.Gate.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_sites_form_decides_nothing()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var id = await HeldAsync(edge);
        var (_, page) = await PostAsync(edge, $"/approvals/{id}", ("token", TestEdge.ApproverToken));
        using var request = Form($"/approvals/{id}/decide", ("ticket", TicketIn(page)), ("verdict", "approve"));
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await edge.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, await UseAsync(edge, id));
    }

    [Fact]
    public async Task A_page_of_our_own_may_send_its_form_under_whatever_name_we_are_reached()
    {
        await using var edge = await TestEdge.StartAsync(options => options with { AllowedHosts = ["gate.example.org"] }, Token);
        var id = await HeldAsync(edge);
        using var request = Form($"/approvals/{id}", ("token", TestEdge.ApproverToken));
        request.Headers.Host = "gate.example.org";
        request.Headers.Add("Origin", "https://gate.example.org");

        using var answer = await edge.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Nothing_else_can_load_run_frame_or_be_kept_and_no_cookie_is_set()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var id = await HeldAsync(edge);
        using var request = Form($"/approvals/{id}", ("token", TestEdge.ApproverToken));

        using var answer = await edge.Client.SendAsync(request, Token);

        string Header(string name) => string.Join(' ', answer.Headers.GetValues(name));
        Assert.Matches("^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$", Header("Content-Security-Policy"));
        Assert.Equal(("nosniff", "DENY", "no-store", "same-origin"), (Header("X-Content-Type-Options"), Header("X-Frame-Options"), Header("Cache-Control"), Header("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("<script", await answer.Content.ReadAsStringAsync(Token), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("text/plain", "token=x")]
    [InlineData("application/x-www-form-urlencoded", "a=1&b=2&c=3&d=4&e=5&f=6")]
    [InlineData("multipart/form-data", "token=x")]
    public async Task What_is_not_the_pages_form_is_refused(string type, string body)
    {
        await using var edge = await TestEdge.StartAsync(Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/approvals/apr_000000000000000000000000") { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);

        using var answer = await edge.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/approvals/apr_000000000000000000000000/approve")]
    [InlineData("GET", "/approvals/apr_000000000000000000000000/decide")]
    [InlineData("GET", "/approvals/else")]
    [InlineData("GET", "/approvals/")]
    [InlineData("GET", "/Approvals/apr_000000000000000000000000/../../tools")]
    [InlineData("PUT", "/approvals/apr_000000000000000000000000")]
    [InlineData("POST", "/approvals/apr_000000000000000000000000/approve")]
    public async Task Only_the_page_itself_is_reached_without_a_token(string method, string path)
    {
        await using var edge = await TestEdge.StartAsync(Token);
        edge.Client.DefaultRequestHeaders.Authorization = null;
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await edge.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task<string> HeldAsync(TestEdge edge, int host = 7)
    {
        using var request = TestEdge.Post("/tools/sample_host_remove/execute", $$"""{"host_id":{{host}}}""");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestEdge.WriterToken);
        var (_, json) = await edge.SendAsync(request, Token);
        return json.GetProperty("error").GetProperty("approvalId").GetString()!;
    }

    private static async Task<HttpStatusCode> UseAsync(TestEdge edge, string id, int host = 7)
    {
        using var request = TestEdge.Post("/tools/sample_host_remove/execute", $$"""{"host_id":{{host}},"approval":"{{id}}"}""");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestEdge.WriterToken);
        return (await edge.SendAsync(request, Token)).Status;
    }

    private static Task<(HttpStatusCode Status, string Page)> DecideAsync(TestEdge edge, string id, string ticket, string verdict)
        => PostAsync(edge, $"/approvals/{id}/decide", ("ticket", ticket), ("verdict", verdict));

    private static async Task<(HttpStatusCode Status, string Page)> PostAsync(TestEdge edge, string path, params (string Name, string Value)[] fields)
    {
        using var request = Form(path, fields);
        using var answer = await edge.Client.SendAsync(request, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    private static HttpRequestMessage Form(string path, params (string Name, string Value)[] fields) => new(HttpMethod.Post, path)
    {
        Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
    };

    private static string TicketIn(string page) => Ticket().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"ticket\" value=\"([^\"]*)\"")]
    private static partial Regex Ticket();
}
