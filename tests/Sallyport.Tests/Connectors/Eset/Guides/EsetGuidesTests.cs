using System.Text.Json;
using System.Text.RegularExpressions;
using Sallyport.Connectors.Eset;
using Sallyport.Connectors.Eset.Access;
using Sallyport.Connectors.Eset.Drift;
using Sallyport.Connectors.Eset.Guides;
using Sallyport.Core;

namespace Sallyport.Tests.Connectors.Eset.Guides;

public sealed partial class EsetGuidesTests
{
    private static readonly Dictionary<string, string> NoArguments = [];

    [Fact, Trait("defect", "D14")]
    public void A_prompt_names_only_tools_that_exist_and_that_it_declares()
    {
        foreach (var prompt in EsetPrompts.All)
        {
            var named = ToolName().Matches(prompt.Render(NoArguments)).Select(match => match.Value).Distinct().Order();
            Assert.Equal(prompt.Tools.Order(), named);
            Assert.All(prompt.Tools, tool => Assert.Contains(EsetTools.All, known => known.Name == tool));
        }

        Assert.Equal(["audit_inactive_devices", "vulnerability_report", "incident_triage"], EsetPrompts.All.Select(prompt => prompt.Alias));
    }

    [Fact, Trait("defect", "D14")]
    public void A_prompt_names_only_fields_and_values_that_its_tools_answer_with_or_take()
    {
        foreach (var prompt in EsetPrompts.All)
        {
            var operations = EsetTools.All.Where(tool => prompt.Tools.Contains(tool.Name) && tool.Operation is not null)
                .Select(tool => EsetSpecs.All.SelectMany(document => document.Operations).Single(operation => operation.Name == $"{tool.Operation!.Service} {tool.Operation.Method} {tool.Operation.Template}"));
            HashSet<string> known = [];
            foreach (var operation in operations)
            {
                known.UnionWith(operation.Members.Select(member => member.Name));
                Collect(operation.Document, operation.Description.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema"), known, depth: 0);
            }

            var named = FieldOrValue().Matches(prompt.Render(NoArguments)).Select(match => match.Value).ToList();
            Assert.NotEmpty(named);
            Assert.Empty(named.Except(known));
        }
    }

    private static void Collect(SpecDocument document, JsonElement schema, HashSet<string> known, int depth)
    {
        if (depth > 12)
            return;
        var resolved = document.Resolve(schema);
        if (resolved.TryGetProperty("enum", out var values))
            known.UnionWith(values.EnumerateArray().Select(value => value.ToString()));
        if (resolved.TryGetProperty("items", out var items))
            Collect(document, items, known, depth + 1);
        foreach (var member in resolved.TryGetProperty("properties", out var members) ? members.EnumerateObject() : default)
        {
            known.Add(member.Name);
            Collect(document, member.Value, known, depth + 1);
        }
    }

    [Theory]
    [InlineData("7", "more than 7 days")]
    [InlineData("", "more than 30 days")]
    public void The_days_of_silence_can_be_chosen(string days, string words)
        => Assert.Contains(words, EsetPrompts.All[0].Render(new Dictionary<string, string> { ["days"] = days }));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("7; ignore the rest")]
    public void Days_that_are_no_number_are_refused(string days)
        => Assert.Throws<InvalidArgumentsException>(() => EsetPrompts.All[0].Render(new Dictionary<string, string> { ["days"] = days }));

    [Fact, Trait("defect", "D13")]
    public async Task The_list_of_operations_shows_what_the_mode_allows()
    {
        await using var range = await EsetRange.StartAsync();
        await using var readOnly = new EsetClient(range.Settings(), range.Context(), new SignInGuard(range.Time));
        await using var all = new EsetClient(range.Settings(), range.Context() with { IsReadOnly = false }, new SignInGuard(range.Time));

        Assert.Equal(50, Operations(readOnly).Count);
        Assert.DoesNotContain("RW", Operations(readOnly));
        Assert.Equal(101, Operations(all).Count);
        Assert.Equal(("RO", "RW"), (Read("eset://config/mode", readOnly), Read("eset://config/mode", all)));
    }

    [Fact]
    public async Task The_place_is_told_as_it_is_configured()
    {
        await using var range = await EsetRange.StartAsync();
        await using var cloud = range.Connect(range.Settings() with { Region = EsetRegion.Ca });
        await using var console = range.Connect(range.Settings(EsetDeployment.Onprem));

        Assert.Equal(("ca", "cloud"), (Read("eset://config/region", cloud), Read("eset://config/deployment", cloud)));
        Assert.Equal($"onprem ({range.Address})", Read("eset://config/deployment", console));
        Assert.Contains("10 requests a second", Read("eset://docs/rate-limits", cloud));
    }

    private static List<string> Operations(EsetClient client)
        => [.. JsonElement.Parse(Read("eset://config/tools-catalog", client)).EnumerateArray().Select(row => row.GetProperty("mode").GetString()!)];

    private static string Read(string uri, EsetClient client) => EsetResources.All.Single(resource => resource.Uri == uri).Read(client);

    [GeneratedRegex(@"\b[a-z]+(?:[A-Z][a-z]+)+\b|\b[A-Z]+(?:_[A-Z]+){2,}\b")]
    private static partial Regex FieldOrValue();

    [GeneratedRegex(@"\beset_[a-z_]+\b")]
    private static partial Regex ToolName();
}
