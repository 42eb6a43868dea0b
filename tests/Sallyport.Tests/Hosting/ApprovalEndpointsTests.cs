using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sallyport.Tests.Mcp;

namespace Sallyport.Tests.Hosting;

public sealed class ApprovalEndpointsTests
{
    private const string Remove = "/tools/sample_host_remove/execute";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_held_call_runs_once_after_another_person_said_yes()
    {
        await using var edge = await TestEdge.StartAsync(Token);

        var (held, asked) = await SendAsync(edge, HttpMethod.Post, Remove, TestEdge.WriterToken, """{"host_id":7}""");
        var id = asked.GetProperty("error").GetProperty("approvalId").GetString();
        var (_, waiting) = await SendAsync(edge, HttpMethod.Get, "/approvals", TestEdge.ApproverToken);
        var (decided, _) = await SendAsync(edge, HttpMethod.Post, $"/approvals/{id}/approve", TestEdge.ApproverToken, "{}");
        var repeated = $$"""{"host_id":7,"approval":"{{id}}"}""";
        var (ran, _) = await SendAsync(edge, HttpMethod.Post, Remove, TestEdge.WriterToken, repeated);
        var (again, _) = await SendAsync(edge, HttpMethod.Post, Remove, TestEdge.WriterToken, repeated);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict), (held, decided, ran, again));
        var call = waiting.GetProperty("approvals").EnumerateArray().Single();
        Assert.Equal(id, call.GetProperty("id").GetString());
        Assert.Equal(7, call.GetProperty("arguments").GetProperty("host_id").GetInt32());
        Assert.Contains("\"event\":\"decision\"", edge.Gate.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_approvers_see_and_decide()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var (_, asked) = await SendAsync(edge, HttpMethod.Post, Remove, TestEdge.WriterToken, """{"host_id":7}""");
        var id = asked.GetProperty("error").GetProperty("approvalId").GetString();

        var (listed, _) = await SendAsync(edge, HttpMethod.Get, "/approvals", TestEdge.ReaderToken);
        var (own, _) = await SendAsync(edge, HttpMethod.Post, $"/approvals/{id}/approve", TestEdge.WriterToken, "{}");
        var (unknown, _) = await SendAsync(edge, HttpMethod.Post, "/approvals/apr_none/deny", TestEdge.ApproverToken, "{}");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (listed, own, unknown));
    }

    [Fact]
    public async Task A_denied_call_does_not_run()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var (_, asked) = await SendAsync(edge, HttpMethod.Post, Remove, TestEdge.WriterToken, """{"host_id":7}""");
        var id = asked.GetProperty("error").GetProperty("approvalId").GetString();

        await SendAsync(edge, HttpMethod.Post, $"/approvals/{id}/deny", TestEdge.ApproverToken, "{}");
        var (status, _) = await SendAsync(edge, HttpMethod.Post, Remove, TestEdge.WriterToken, $$"""{"host_id":7,"approval":"{{id}}"}""");

        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    private static Task<(HttpStatusCode Status, JsonElement Json)> SendAsync(TestEdge edge, HttpMethod method, string path, string token, string? body = null)
    {
        var request = body is null ? new HttpRequestMessage(method, path) : TestEdge.Post(path, body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return edge.SendAsync(request, Token);
    }
}
