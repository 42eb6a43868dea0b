using Microsoft.AspNetCore.Http;
using Sallyport.Connectors.Vectra;
using Sallyport.Core;
using Sallyport.Tests.Core.Http;
using Sallyport.Tests.Gateway;

namespace Sallyport.Tests.Connectors.Vectra.Access;

public sealed class ApplianceTests
{
    private const string Page = """{"count":1,"next":null,"results":[{"id":7,"name":"ws-37","ip":"10.1.2.3","state":"active","src_host":{"id":7}}]}""";

    [Theory]
    [InlineData("vectra_detections_list", "{}", "GET /api/v2.5/detections?state=active&ordering=last_timestamp&exclude_fields=grouped_details&page_size=25")]
    [InlineData("vectra_entities_list", """{"entity_type":"account"}""", "GET /api/v2.5/accounts?state=active&ordering=urgency_score&page_size=1000")]
    [InlineData("vectra_entity_detections_list", """{"entity_id":7,"entity_type":"host"}""", "GET /api/v2.5/detections?host_id=7&state=active&page_size=1000")]
    [InlineData("vectra_entity_note_create", """{"entity_id":7,"entity_type":"host","note":"x"}""", "POST /api/v2.5/hosts/7/notes")]
    [InlineData("vectra_host_get", """{"host_id":7}""", "GET /api/v2.5/hosts/7")]
    public async Task The_same_tools_ask_an_appliance_on_its_own_paths_with_its_key(string tool, string arguments, string expected)
    {
        await using var server = await ScriptedServer.StartAsync(static (context, _) =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(Page);
        });
        await using var gateway = await TestGateway.StartAsync(new VectraConnector(), Settings(server) with { ApiKey = new Secret("personal-token-1") });

        await gateway.ResultAsync(tool, arguments);

        var sent = Assert.Single(server.Requests);
        Assert.Equal((expected, "Token personal-token-1"), ($"{sent.Method} {sent.Path}", sent.Authorization));
    }

    [Fact]
    public async Task An_api_client_of_an_appliance_gets_its_token_below_the_api_version()
    {
        await using var server = await ScriptedServer.StartAsync(static (context, _) =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(context.Request.Method == "POST" ? """{"access_token":"appliance-token","expires_in":"600"}""" : Page);
        });
        await using var gateway = await TestGateway.StartAsync(
            new VectraConnector(), Settings(server) with { ClientId = "client", ClientSecret = new Secret("client-secret") });

        await gateway.ResultAsync("vectra_host_get", """{"host_id":7}""");

        Assert.Equal(["/api/v2.5/oauth2/token", "/api/v2.5/hosts/7"], server.Requests.Select(request => request.Path));
        Assert.Equal("Bearer appliance-token", server.Requests.Last().Authorization);
    }

    [Theory]
    [InlineData("vectra_entities_list", "{}")]
    [InlineData("vectra_entity_detections_list", """{"entity_id":7}""")]
    public async Task An_appliance_wants_to_know_whether_a_host_or_an_account_is_meant(string tool, string arguments)
    {
        await using var server = await ScriptedServer.StartAsync(static (context, _) => context.Response.WriteAsync("{}"));
        await using var gateway = await TestGateway.StartAsync(new VectraConnector(), Settings(server) with { ApiKey = new Secret("personal-token-1") });

        Assert.Equal("invalid_arguments", (await gateway.CallAsync(tool, arguments)).Problem?.Code);
        Assert.Empty(server.Requests);
    }

    private static VectraSettings Settings(ScriptedServer server) => new(server.Address.ToString(), ApiVersion: "v2.5");
}
