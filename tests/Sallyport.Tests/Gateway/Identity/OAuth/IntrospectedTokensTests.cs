using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Core;
using Sallyport.Core.Http;
using Sallyport.Gateway.Identity.OAuth;
using Sallyport.Tests.Core.Http;

namespace Sallyport.Tests.Gateway.Identity.OAuth;

public sealed class IntrospectedTokensTests : IDisposable
{
    private readonly TestIssuer _issuer = new();

    public void Dispose() => _issuer.Dispose();

    [Theory]
    [InlineData("""{"active":true,"aud":"https://gate.test/mcp","sub":"alice","roles":"reader"}""", true)]
    [InlineData("""{"active":true,"aud":["x","https://gate.test/mcp"],"iss":"https://login.test/realm","sub":"alice","roles":["reader"],"exp":99999999999}""", true)]
    [InlineData("""{"active":false}""", false)]
    [InlineData("""{"active":"true","aud":"https://gate.test/mcp","sub":"alice","roles":"reader"}""", false)]
    [InlineData("""{"aud":"https://gate.test/mcp","sub":"alice","roles":"reader"}""", false)]
    [InlineData("""{"active":true,"aud":"https://other.test","sub":"alice","roles":"reader"}""", false)]
    [InlineData("""{"active":true,"sub":"alice","roles":"reader"}""", false)]
    [InlineData("""{"active":true,"aud":"https://gate.test/mcp","iss":"https://other.test","sub":"alice","roles":"reader"}""", false)]
    [InlineData("""{"active":true,"aud":"https://gate.test/mcp","sub":"alice","roles":"reader","exp":1}""", false)]
    [InlineData("""{"active":true,"aud":"https://gate.test/mcp","sub":"alice","roles":"reader","cnf":{"jkt":"x"}}""", false)]
    [InlineData("[true]", false)]
    public async Task Only_what_the_server_says_is_good_and_for_this_gate_is_accepted(string answer, bool isGood)
    {
        await using var server = await AnswerAsync(answer);
        using var http = Http();

        var verdict = await Tokens(server, http).CheckAsync("opaque", CancellationToken.None);

        Assert.Equal(isGood, verdict is TokenVerdict.Accepted);
        Assert.Equal(!isGood, verdict is TokenVerdict.Invalid);
    }

    [Fact]
    public async Task A_program_that_has_the_token_for_itself_is_not_the_person_of_the_same_name()
    {
        await using var server = await AnswerAsync("""{"active":true,"aud":"https://gate.test/mcp","client_id":"alice","roles":"reader"}""");
        using var http = Http();

        var verdict = await Tokens(server, http).CheckAsync("opaque", CancellationToken.None);

        Assert.Equal("oauth-client:alice", Assert.IsType<TokenVerdict.Accepted>(verdict).Caller.Subject);
    }

    [Fact]
    public async Task The_gate_proves_itself_and_an_answer_is_kept_for_seconds_only()
    {
        await using var server = await AnswerAsync("""{"active":true,"aud":"https://gate.test/mcp","sub":"alice","roles":"reader"}""");
        using var http = Http();
        var tokens = Tokens(server, http);

        for (var i = 0; i < 5; i++)
            Assert.IsType<TokenVerdict.Accepted>(await tokens.CheckAsync("opaque", CancellationToken.None));
        Assert.Equal([("POST", "/introspect", "Basic abc")], server.Requests);
        _issuer.Clock.Advance(TimeSpan.FromSeconds(15));
        await tokens.CheckAsync("opaque", CancellationToken.None);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(302)]
    [InlineData(404)]
    public async Task When_the_server_does_not_answer_the_question_nobody_is_let_in(int status)
    {
        await using var server = await ScriptedServer.StartAsync((http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "https://attacker.test/";
            return Task.CompletedTask;
        });
        using var http = Http();

        Assert.IsType<TokenVerdict.Unavailable>(await Tokens(server, http).CheckAsync("opaque", CancellationToken.None));
        Assert.Single(server.Requests);
    }

    private static Task<ScriptedServer> AnswerAsync(string json) => ScriptedServer.StartAsync((http, _) =>
    {
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json)).AsTask();
    });

    private IntrospectedTokens Tokens(ScriptedServer server, UpstreamHttp http) => new(_issuer.Claims(), http, new Uri(server.Address, "/introspect"), _issuer.Clock);

    private UpstreamHttp Http() => new(
        new UpstreamHttpOptions { Name = "Test", Addresses = AddressRule.Any, MaxRetries = 0, Headers = [new("Authorization", new Secret("Basic abc"))] },
        new UpstreamContext("test", TimeProvider.System, NullLoggerFactory.Instance, "", AllowLoopback: true));
}
