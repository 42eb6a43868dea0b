using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Connectors.Eset;
using Sallyport.Connectors.Eset.Drift;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;
using Sallyport.Tests.Gateway;

namespace Sallyport.Tests.Connectors.Eset;

/// <summary>Each operation through the whole gate against the simulator: what is sent, and whether what comes back has the documented shape.</summary>
public sealed class EsetOperationsTests
{
    public static TheoryData<string> Names => [.. EsetTools.All.Where(tool => tool.Operation is not null).Select(tool => tool.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_operation_is_sent_as_described_and_answered_as_described(string name)
    {
        await using var range = await EsetRange.StartAsync();
        var samples = await new EsetSamples(range).LearnAsync();
        var tool = EsetTools.All.Single(tool => tool.Name == name);
        var arguments = JsonElement.Parse(samples.Arguments(tool));
        var spec = EsetSpecs.All.SelectMany(document => document.Operations).Single(operation => operation.Name == $"{tool.Operation!.Service} {tool.Operation.Method} {tool.Operation.Template}");
        var before = range.Running.Journal.Total;
        await using var gate = await range.GateAsync(new TestGatewayOptions { UsesRealTime = true, Wrap = false });

        var outcome = Assert.IsType<ToolOutcome.Succeeded>(await gate.CallAsync(name, arguments.GetRawText()));
        var result = JsonElement.Parse(outcome.Json.Span);

        var number = range.Running.Journal.Entries(before).Single(entry => entry.Path != "/oauth/token").Number;
        // The status is written down after the answer, which may have been read by then.
        var sent = await range.Running.Journal.WaitAsync(entry => entry.Number == number && entry.Status is not null, TestContext.Current.CancellationToken);
        Assert.Equal(200, sent.Status);
        Assert.Equal(tool.Operation!.Method.Method, sent.Method);
        AssertSent(tool, arguments, sent.Path, sent.Query, sent.Body);
        if (outcome.Attachments.Count == 0)
            AssertShape(spec, result);
        if (tool.Rows is { } rows)
            Assert.Equal(JsonValueKind.Array, result.GetProperty(rows).ValueKind);
    }

    private static void AssertSent(Tool tool, JsonElement arguments, string path, string query, string body)
    {
        var expected = tool.Operation!.Template;
        var inBody = new JsonObject();
        var inQuery = new List<string>();
        foreach (var argument in arguments.EnumerateObject())
        {
            if (expected.Contains($"{{{argument.Name}}}"))
                expected = expected.Replace($"{{{argument.Name}}}", argument.Value.GetString());
            else if (tool.Operation.Method == HttpMethod.Post || tool.Operation.Method == HttpMethod.Put)
                inBody[argument.Name] = JsonNode.Parse(argument.Value.GetRawText());
            else
                inQuery.AddRange((argument.Value.ValueKind == JsonValueKind.Array ? argument.Value.EnumerateArray().AsEnumerable() : [argument.Value]).Select(value => $"{argument.Name}={(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText())}"));
        }

        Assert.Equal(expected, path);
        Assert.Equal(inQuery, query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(WebUtility.UrlDecode));
        if (tool.Operation.Method == HttpMethod.Get || tool.Operation.Method == HttpMethod.Delete)
            Assert.Empty(body);
        else
            Assert.True(JsonNode.DeepEquals(inBody, JsonNode.Parse(body)), body);
    }

    private static void AssertShape(SpecOperation operation, JsonElement result)
    {
        var schema = operation.Description.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        var problems = new List<string>();
        Shape(operation.Document, schema, result, operation.Name, problems);
        Assert.Empty(problems);
    }

    private static void Shape(SpecDocument document, JsonElement schema, JsonElement value, string at, List<string> problems)
    {
        var resolved = document.Resolve(schema);
        var type = resolved.TryGetProperty("type", out var named) ? named.GetString() : "object";
        var fits = value.ValueKind switch
        {
            JsonValueKind.Object => type == "object",
            JsonValueKind.Array => type == "array",
            JsonValueKind.String => type == "string" && (!resolved.TryGetProperty("enum", out var words) || words.EnumerateArray().Any(word => word.ValueEquals(value.GetString()))),
            JsonValueKind.Number => type is "integer" or "number",
            JsonValueKind.True or JsonValueKind.False => type == "boolean",
            _ => true,
        };
        if (!fits)
            problems.Add($"{at} is no {type}: {value}");
        else if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray())
                Shape(document, resolved.GetProperty("items"), item, $"{at}[]", problems);
        else if (value.ValueKind == JsonValueKind.Object && resolved.TryGetProperty("properties", out var members))
            foreach (var member in value.EnumerateObject())
                if (members.TryGetProperty(member.Name, out var known))
                    Shape(document, known, member.Value, $"{at} {member.Name}", problems);
                else if (member.Name != "_capped" && !members.TryGetProperty("@type", out _))
                    problems.Add($"{at} {member.Name} is not described");
    }
}
