using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sallyport.Mcp.Serving;

namespace Sallyport.EndToEnd.Mcp.Conformance;

/// <summary>The prompts and resources that the conformance suite reads by name.</summary>
internal static class FixturePages
{
    private const string Prompts = """
        {"ttlMs":1000,"cacheScope":"private","prompts":[
          {"name":"test_simple_prompt","description":"Fixture."},
          {"name":"test_prompt_with_arguments","description":"Fixture.","arguments":[{"name":"arg1","required":true},{"name":"arg2","required":true}]},
          {"name":"test_prompt_with_embedded_resource","description":"Fixture.","arguments":[{"name":"resourceUri","required":true}]},
          {"name":"test_prompt_with_image","description":"Fixture."},
          {"name":"test_input_required_result_prompt","description":"Fixture."}]}
        """;

    private const string Resources = """
        {"ttlMs":1000,"cacheScope":"private","resources":[
          {"uri":"test://static-text","name":"text","description":"Fixture.","mimeType":"text/plain"},
          {"uri":"test://static-binary","name":"binary","description":"Fixture.","mimeType":"image/png"}]}
        """;

    private const string Templates = """
        {"ttlMs":1000,"cacheScope":"private","resourceTemplates":[{"uriTemplate":"test://template/{id}/data","name":"template","description":"Fixture.","mimeType":"application/json"}]}
        """;

    public static void AddTo(McpServerHandlers handlers)
    {
        handlers.ListPromptsHandler = (_, _) => new(Read<ListPromptsResult>(Prompts));
        handlers.GetPromptHandler = (request, _) => new(Read<GetPromptResult>(Prompt(request)));
        handlers.ListResourcesHandler = (_, _) => new(Read<ListResourcesResult>(Resources));
        handlers.ListResourceTemplatesHandler = (_, _) => new(Read<ListResourceTemplatesResult>(Templates));
        handlers.ReadResourceHandler = (request, _) => new(Read<ReadResourceResult>(Resource(request)));
        handlers.CompleteHandler = static (_, _) => new(new CompleteResult { Completion = new Completion { Values = ["paris", "park"], Total = 2, HasMore = false } });
        handlers.SubscribeToResourcesHandler = static (_, _) => new(new EmptyResult());
        handlers.UnsubscribeFromResourcesHandler = static (_, _) => new(new EmptyResult());
    }

    private static string Prompt(RequestContext<GetPromptRequestParams> request)
    {
        var arguments = request.Params.Arguments ?? new Dictionary<string, JsonElement>();
        switch (request.Params.Name)
        {
            case "test_simple_prompt":
                return Say("This is a simple prompt for testing.");
            case "test_prompt_with_arguments":
                return Say($"Prompt with arguments: arg1='{arguments["arg1"]}', arg2='{arguments["arg2"]}'");
            case "test_prompt_with_embedded_resource":
                return $$$$"""{"messages":[{"role":"user","content":{"type":"resource","resource":{"uri":"{{{{arguments["resourceUri"]}}}}","mimeType":"text/plain","text":"Embedded resource content for testing."}}},{"role":"user","content":{"type":"text","text":"Please process the embedded resource above."}}]}""";
            case "test_prompt_with_image":
                return $$$"""{"messages":[{"role":"user","content":{"type":"image","data":"{{{FixtureTools.Png}}}","mimeType":"image/png"}},{"role":"user","content":{"type":"text","text":"Please analyze the image above."}}]}""";
            case "test_input_required_result_prompt" when request.Params.InputResponses?.TryGetValue("user_context", out var answer) is true:
                return Say($"Context: {AskingTools.Field(answer, "context")}");
            case "test_input_required_result_prompt":
                throw AskingTools.Required(null, ("user_context", AskingTools.Form("What context should the prompt use?", """{"type":"object","properties":{"context":{"type":"string"}},"required":["context"]}""")));
            default:
                throw new McpProtocolException("Unknown prompt.", McpErrorCode.InvalidParams);
        }
    }

    private static string Say(string text) => $$$"""{"messages":[{"role":"user","content":{"type":"text","text":{{{JsonSerializer.Serialize(text)}}}}}]}""";

    private static string Resource(RequestContext<ReadResourceRequestParams> request)
    {
        var uri = request.Params.Uri;
        if (uri == "test://static-text")
            return $$"""{"ttlMs":1000,"cacheScope":"private","contents":[{"uri":"{{uri}}","mimeType":"text/plain","text":"This is the content of the static text resource."}]}""";
        if (uri == "test://static-binary")
            return $$"""{"ttlMs":1000,"cacheScope":"private","contents":[{"uri":"{{uri}}","mimeType":"image/png","blob":"{{FixtureTools.Png}}"}]}""";
        return uri.StartsWith("test://template/", StringComparison.Ordinal)
            ? $$$"""{"ttlMs":1000,"cacheScope":"private","contents":[{"uri":"{{{uri}}}","mimeType":"application/json","text":"{\"id\":\"{{{uri.Split('/')[3]}}}\",\"templateTest\":true,\"data\":\"Data for ID: {{{uri.Split('/')[3]}}}\"}"}]}"""
            : throw ResourceShelf.Unknown(request);
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize(json, McpJsonUtilities.GetTypeInfo<T>(McpJsonUtilities.DefaultOptions))!;
}
