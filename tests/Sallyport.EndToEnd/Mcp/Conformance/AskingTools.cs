#pragma warning disable MCP9005 // The suite asks for features that the current revision deprecates.
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Sallyport.EndToEnd.Mcp.Conformance;

/// <summary>Fixture tools that need something of the client before they can answer: a person's input, a model's text, its roots.</summary>
internal static class AskingTools
{
    private const string Name = """{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}""";
    private const string Roots = """{"method":"roots/list","params":{}}""";

    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Null when the tool is not one of these.</summary>
    public static CallToolResult? Call(RequestContext<CallToolRequestParams> request)
    {
        var answers = request.Params.InputResponses;
        switch (request.Params.Name)
        {
            case "test_missing_capability" when Capabilities(request)?.Sampling is null:
                throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Sampling = new SamplingCapability() }, "This tool needs sampling.");
            case "test_missing_capability":
                return Text("Sampling is there.");
            case "test_streaming_elicitation":
                return Ask(answers, null, ("go", Form("Go on?", Name)), _ => Text("Went on."));
            case "test_sampling":
                return Ask(answers, null, ("s", Sample(Argument(request, "prompt"), 100)), a => Text($"LLM response: {Content(a["s"])}"));
            case "test_elicitation":
                return Ask(answers, null, ("e", Form(Argument(request, "message"), """{"type":"object","properties":{"username":{"type":"string","description":"User's response"},"email":{"type":"string","description":"User's email address"}},"required":["username","email"]}""")),
                    a => Text($"User response: {a["e"].RawValue}"));
            case "test_elicitation_sep1034_defaults":
                return Ask(answers, null, ("e", Form("Defaults", """{"type":"object","properties":{"name":{"type":"string","default":"John Doe"},"age":{"type":"integer","default":30},"score":{"type":"number","default":95.5},"status":{"type":"string","enum":["active","inactive","pending"],"default":"active"},"verified":{"type":"boolean","default":true}}}""")),
                    a => Text($"Elicitation completed: {a["e"].RawValue}"));
            case "test_elicitation_sep1330_enums":
                return Ask(answers, null, ("e", Form("Enums", """{"type":"object","properties":{"untitledSingle":{"type":"string","enum":["option1","option2","option3"]},"titledSingle":{"type":"string","oneOf":[{"const":"value1","title":"First Option"},{"const":"value2","title":"Second Option"},{"const":"value3","title":"Third Option"}]},"legacyEnum":{"type":"string","enum":["opt1","opt2","opt3"],"enumNames":["Option One","Option Two","Option Three"]},"untitledMulti":{"type":"array","items":{"type":"string","enum":["option1","option2","option3"]}},"titledMulti":{"type":"array","items":{"anyOf":[{"const":"value1","title":"First Choice"},{"const":"value2","title":"Second Choice"},{"const":"value3","title":"Third Choice"}]}}}}""")),
                    a => Text($"Elicitation completed: {a["e"].RawValue}"));
            case "test_input_required_result_elicitation":
                return Ask(answers, null, ("user_name", Form("What is your name?", Name)), a => Text($"Hello, {Field(a["user_name"], "name")}!"), "name");
            case "test_input_required_result_sampling":
                return Ask(answers, null, ("capital_question", Sample("What is the capital of France?", 100)), a => Text(Content(a["capital_question"])));
            case "test_input_required_result_list_roots":
                return Ask(answers, null, ("client_roots", Roots), a => Text($"Roots: {a["client_roots"].RawValue}"));
            case "test_input_required_result_request_state":
                return Ask(answers, "confirm", ("confirm", Form("Please confirm", """{"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"]}""")),
                    _ => Text(Opens(request.Params.RequestState, "confirm") ? "state-ok" : throw Tampered()));
            case "test_input_required_result_tampered_state":
                return request.Params.RequestState is { } state && !Opens(state, "tamper")
                    ? throw Tampered()
                    : Ask(answers, "tamper", ("confirm", Form("Please confirm", Name)), _ => Text("State is whole."));
            case "test_input_required_result_multiple_inputs":
                return answers is not null && answers.ContainsKey("user_name") && answers.ContainsKey("greeting") && answers.ContainsKey("client_roots")
                    ? Text("All there.")
                    : throw Required("many", ("user_name", Form("What is your name?", Name)), ("greeting", Sample("Generate a greeting", 50)), ("client_roots", Roots));
            case "test_input_required_result_multi_round":
                return answers is null ? throw Required("round-1", ("step1", Form("Step 1: What is your name?", Name)))
                    : !answers.ContainsKey("step2") ? throw Required("round-2", ("step2", Form("Step 2: What is your favorite color?", """{"type":"object","properties":{"color":{"type":"string"}},"required":["color"]}""")))
                    : Text("Three rounds.");
            case "test_input_required_result_capabilities":
                return answers is not null ? Text("Answered.") : throw Required(null, [.. Supported(Capabilities(request))]);
            default:
                return null;
        }
    }

    public static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };

    public static string Form(string message, string schema)
        => $$$"""{"method":"elicitation/create","params":{"message":{{{JsonSerializer.Serialize(message)}}},"requestedSchema":{{{schema}}}}}""";

    /// <summary>Asks for input; the answer comes with the retry.</summary>
    public static InputRequiredException Required(string? state, params (string Key, string Request)[] requests) => new(
        requests.ToDictionary(
            pair => pair.Key,
            pair => JsonSerializer.Deserialize(pair.Request, McpJsonUtilities.GetTypeInfo<InputRequest>(McpJsonUtilities.DefaultOptions))!),
        state is null ? null : $"{state}.{Seal(state)}");

    public static ClientCapabilities? Capabilities<T>(RequestContext<T> request)
        => request.JsonRpcRequest.Context?.ClientCapabilities ?? request.Server.ClientCapabilities;

    public static string? Field(InputResponse answer, string name)
        => answer.RawValue.ValueKind == JsonValueKind.Object && answer.RawValue.TryGetProperty("content", out var content)
            && content.ValueKind == JsonValueKind.Object && content.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static CallToolResult Ask(
        IDictionary<string, InputResponse>? answers, string? state, (string Key, string Request) ask, Func<IDictionary<string, InputResponse>, CallToolResult> then, string? needs = null)
        => answers is not null && answers.TryGetValue(ask.Key, out var answer) && (needs is null || Field(answer, needs) is not null)
            ? then(answers)
            : throw Required(state, ask);

    private static IEnumerable<(string Key, string Request)> Supported(ClientCapabilities? capabilities)
    {
        if (capabilities?.Elicitation is not null)
            yield return ("form", Form("Name?", Name));
        if (capabilities?.Sampling is not null)
            yield return ("sample", Sample("Say something.", 10));
    }

    private static string Sample(string prompt, int tokens)
        => $$$"""{"method":"sampling/createMessage","params":{"messages":[{"role":"user","content":{"type":"text","text":{{{JsonSerializer.Serialize(prompt)}}}}}],"maxTokens":{{{tokens}}}}}""";

    private static string Argument(RequestContext<CallToolRequestParams> request, string name) => request.Params.Arguments![name].GetString()!;

    private static string Content(InputResponse answer) => answer.RawValue.GetProperty("content").ToString();

    private static string Seal(string state) => Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(state)));

    private static bool Opens(string? sealedState, string state) => sealedState == $"{state}.{Seal(state)}";

    private static McpProtocolException Tampered() => new("The state is not ours.", McpErrorCode.InvalidParams);
}
