using System.Net;
using Sallyport.Tests.Mcp;

namespace Sallyport.Tests.Hosting;

public sealed class ToolEndpointsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sample_text_echo", """{"text":"hi"}""", HttpStatusCode.OK, null)]
    [InlineData("EchoTool", """{"text":"hi"}""", HttpStatusCode.OK, null)]
    [InlineData("sample_text_echo", """{"text":7}""", HttpStatusCode.BadRequest, "invalid_arguments")]
    [InlineData("sample_text_echo", "[]", HttpStatusCode.BadRequest, "invalid_arguments")]
    [InlineData("sample_text_echo", "{ not json", HttpStatusCode.BadRequest, "invalid_arguments")]
    [InlineData("sample_host_remove", """{"host_id":1}""", HttpStatusCode.Forbidden, "forbidden")]
    [InlineData("no_such_tool", "{}", HttpStatusCode.NotFound, "unknown_tool")]
    [InlineData("sample_upstream_break", "{}", HttpStatusCode.TooManyRequests, "upstream_throttled")]
    public async Task The_status_tells_the_outcome(string tool, string arguments, HttpStatusCode expected, string? code)
    {
        await using var edge = await TestEdge.StartAsync(Token);

        var (status, json) = await edge.SendAsync(TestEdge.Post($"/tools/{tool}/execute", arguments), Token);

        Assert.Equal(expected, status);
        Assert.Equal(code, json.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null);
    }

    [Fact]
    public async Task A_throttled_platform_says_when_to_come_back()
    {
        await using var edge = await TestEdge.StartAsync(Token);

        using var answer = await edge.Client.SendAsync(TestEdge.Post("/tools/sample_upstream_break/execute", "{}"), Token);

        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Arguments_beyond_64_kilobytes_are_refused()
    {
        await using var edge = await TestEdge.StartAsync(Token);

        var (status, json) = await edge.SendAsync(TestEdge.Post("/tools/sample_text_echo/execute", $$"""{"text":"{{new string('x', 70_000)}}"}"""), Token);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too_large"), (status, json.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task The_list_is_the_one_that_MCP_shows()
    {
        await using var edge = await TestEdge.StartAsync(Token);

        var (_, plain) = await edge.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/tools"), Token);
        var (_, mcp) = await edge.SendAsync(TestEdge.Modern("tools/list"), Token);

        var shown = mcp.GetProperty("result").GetProperty("tools").EnumerateArray().ToList();
        var listed = plain.GetProperty("tools").EnumerateArray().ToList();
        Assert.Equal(shown.Count, listed.Count);
        Assert.All(shown.Zip(listed), pair => Assert.All(
            pair.First.EnumerateObject(), member => Assert.Equal(member.Value.GetRawText(), pair.Second.GetProperty(member.Name).GetRawText())));
    }

    [Theory]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/health/ready", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.Unauthorized)]
    public async Task Only_liveness_needs_no_token(string path, HttpStatusCode expected)
    {
        await using var edge = await TestEdge.StartAsync(Token);
        edge.Client.DefaultRequestHeaders.Authorization = null;

        using var answer = await edge.Client.GetAsync(path, Token);

        Assert.Equal(expected, answer.StatusCode);
    }
}
