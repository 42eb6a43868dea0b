using System.Net;
using System.Text;
using System.Text.Json;
using Sallyport.Connectors;
using Sallyport.EndToEnd.Callers;
using Sallyport.Simulator.Hosting;

namespace Sallyport.EndToEnd.Publishing;

/// <summary>The published program is another one than the one that is built: both must answer every tool alike.</summary>
public sealed class EveryToolTests
{
    private const string Token = "every-tool-token-0123456789";

    private static readonly string[] Addresses = ["simulatorUrl", "baseUrl", "url", "apiBase", "authorityHost"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_published_program_answers_every_tool_as_the_built_one_does()
    {
        Assert.SkipWhen(ReferenceEquals(SallyportProgram.Command, SallyportProgram.Built), "Only where a published program is named, as 'make test' does.");

        var answers = await Task.WhenAll(AnswersAsync(SallyportProgram.Built), AnswersAsync(SallyportProgram.Command));

        Assert.True(answers[0].Count > 150, $"only {answers[0].Count} tools were called");
        Assert.Empty(answers[0].Except(answers[1]).Select(differs => $"{differs.Key}\n  built:     {differs.Value}\n  published: {answers[1].GetValueOrDefault(differs.Key)}"));
        Assert.Equal(answers[0].Keys, answers[1].Keys);
        var good = answers[1].Count(answer => answer.Value.StartsWith("OK", StringComparison.Ordinal));
        Assert.True(good > 90, $"only {good} of {answers[1].Count} tools had a result");
        Assert.DoesNotContain(answers[1], answer => answer.Value.Contains("internal", StringComparison.Ordinal));
    }

    /// <summary>By tool: the status, and the shape of what came back.</summary>
    private static async Task<SortedDictionary<string, string>> AnswersAsync(IReadOnlyList<string> starter)
    {
        await using var company = await SimulatedCompany.StartAsync(new SimulatorOptions { Devices = 25, OpenPorts = false }, Cancel);
        await using var gate = await StartAsync(company, new SallyportProgram { Starter = starter });
        using var listed = await gate.SendAsync(HttpMethod.Get, "tools", Token, Cancel);
        using var tools = JsonDocument.Parse(await listed.Content.ReadAsStringAsync(Cancel));
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        // Real scans differ from one second to the next, and have tests of their own.
        foreach (var name in tools.RootElement.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!).Where(name => !name.StartsWith("net_", StringComparison.Ordinal)))
        {
            var (_, described) = await gate.CallAsync("tools_describe", $$"""{"tool":"{{name}}"}""", Token, Cancel);
            var example = described.GetProperty("example").GetProperty("arguments").GetRawText();
            using var answer = await gate.SendAsync(HttpMethod.Post, $"tools/{name}/execute", Token, Cancel, example);
            answers[name] = $"{answer.StatusCode} {await ShapeAsync(answer)}";
        }

        return answers;
    }

    private static async Task<string> ShapeAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        if (answer.StatusCode != HttpStatusCode.OK)
            return json.RootElement.GetProperty("error").GetProperty("code").GetString()!;
        var members = new SortedSet<string>(StringComparer.Ordinal);
        Members(json.RootElement, "", members);
        return string.Join(' ', members);
    }

    private static void Members(JsonElement value, string path, SortedSet<string> into)
    {
        into.Add($"{path}:{value.ValueKind}");
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
                Members(member.Value, $"{path}.{member.Name}", into);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
                Members(item, $"{path}[]", into);
        }
    }

    private static Task<ServedGate> StartAsync(SimulatedCompany company, SallyportProgram program)
    {
        var settings = new StringBuilder($$"""
            allowLoopbackUpstream: true
            mode: rw
            state: { directory: {{program.Folder}} }
            approvals: { require: never, holdTainted: false }
            limits: { mutations: 10000/60s, repeats: off }
            callers: [ { name: everyone, token: {{Token}}, role: admin, tenants: ["*"] } ]
            toolsets: { show: ["*"] }
            tenants:
              contoso:

            """);
        foreach (var platform in company.Platforms)
        {
            var connector = BuiltInConnectors.All.Single(one => one.Id == platform.Name);
            var known = connector.Settings.Schema.Root.Properties;
            settings.Append("    ").Append(connector.Id).Append(":\n");
            foreach (var (name, value) in platform.Credentials.Where(credential => known.ContainsKey(credential.Key))
                .Concat(Addresses.Where(known.ContainsKey).Select(address => KeyValuePair.Create(address, platform.BaseUrl.GetLeftPart(UriPartial.Authority)))).DistinctBy(pair => pair.Key))
                settings.Append($"      {name}: \"{value}\"\n");
        }

        return ServedGate.StartAsync(program, settings.ToString(), "127.0.0.1:0", Cancel);
    }
}
