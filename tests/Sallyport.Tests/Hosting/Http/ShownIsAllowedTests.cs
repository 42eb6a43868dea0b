using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Core;
using Sallyport.Core.Prompts;
using Sallyport.Core.Settings;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting;
using Sallyport.Hosting.Http;
using Sallyport.Tests.Configuration;
using Sallyport.Tests.Gateway;
using Sallyport.Tests.Mcp;

namespace Sallyport.Tests.Hosting.Http;

/// <summary>Made-up platforms, tenants and roles, thrown together at random: what a caller is shown is exactly what it may call.</summary>
public sealed class ShownIsAllowedTests
{
    private const string Who = "X-Who";

    private static readonly string[] Tenants = ["t0", "t1", "t2"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task What_lists_prompts_and_resources_show_is_exactly_what_may_be_called(int seed)
    {
        var random = new Random(seed);
        var (shown, refused) = (0, 0);
        for (var round = 0; round < 8; round++)
        {
            var platforms = Enumerable.Range(0, 3).Select(number => new MadeUpPlatform(number, random)).ToList();
            using var bench = new SettingsBench { Connectors = platforms, Yaml = Settings(random, out var roles) };
            bench.Options.Add(new("state.directory", Path.Combine(bench.Folder, "state"), "test"));
            await using var gateway = await GatewayBuilder.StartAsync(bench.Settings(), platforms, NullLoggerFactory.Instance, TimeProvider.System, Token);
            Dictionary<string, Caller> callers = [];
            foreach (var role in (string[])["reader", "scanner", "writer", "approver", "admin", "nobody", .. roles])
                callers[role] = new Caller(role, role, random.Next(3) switch { 0 => ["*"], 1 => ["t0"], _ => ["t1", "t2", "nowhere"] }, "token");
            await using var host = await HttpHost.StartAsync(
                gateway.Parts, new HttpOptions(new IPEndPoint(IPAddress.Loopback, 0), http => new(callers[http.Request.Headers[Who].ToString()])), Token);
            using var client = new HttpClient { BaseAddress = host.Address };
            foreach (var caller in callers.Values)
            {
                var allowed = await AllowedAsync(gateway.Parts, caller);
                var all = ToolsOf(gateway.Parts);
                shown += allowed.Count;
                refused += all.Count - allowed.Count;

                Assert.Equal(allowed, await NamesAsync(client, caller, new HttpRequestMessage(HttpMethod.Get, "tools"), "tools"));
                Assert.Equal(allowed, await NamesAsync(client, caller, TestEdge.Modern("tools/list"), "result", "tools"));
                Assert.Equal(Prompts(platforms, allowed), await NamesAsync(client, caller, TestEdge.Modern("prompts/list"), "result", "prompts"));
                Assert.Equal(Resources(platforms, allowed), await NamesAsync(client, caller, TestEdge.Modern("resources/list"), "result", "resources"));
                await DiscoveryShowsAsync(gateway.Parts, caller, allowed);
                foreach (var tool in all.Except(allowed))
                    Assert.NotEqual(HttpStatusCode.OK, await ExecuteAsync(client, caller, tool));
                foreach (var platform in platforms)
                {
                    Assert.Equal(Resources([platform], allowed).Count > 0, await AnswersAsync(client, caller, "resources/read", "uri", platform.Resources[0].Uri));
                    foreach (var prompt in platform.Prompts)
                        Assert.Equal(Prompts(platforms, allowed).Contains(prompt.Name), await AnswersAsync(client, caller, "prompts/get", "name", prompt.Name));
                }
            }
        }

        // Neither side of the equation was empty all along.
        Assert.True(shown > 100 && refused > 100, $"{shown} shown, {refused} refused");
    }

    /// <summary>The tools of which at least one call, in a tenant that the caller may name, is not refused.</summary>
    private static async Task<SortedSet<string>> AllowedAsync(GatewayParts gateway, Caller caller)
    {
        var allowed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var tool in ToolsOf(gateway))
        {
            foreach (var tenant in Tenants)
            {
                var outcome = await CallAsync(gateway, caller, tool, $$"""{"tenant":"{{tenant}}"}""");
                if (outcome is ToolOutcome.Succeeded or ToolOutcome.Held)
                    allowed.Add(tool);
                else
                    Assert.Contains(outcome.Problem!.Code, (string[])[ErrorCode.Forbidden, ErrorCode.ReadOnly, ErrorCode.TenantUnknown]);
            }
        }

        return allowed;
    }

    /// <summary>What a search finds, what can be described and what can be called through the gate's own tool.</summary>
    private static async Task DiscoveryShowsAsync(GatewayParts gateway, Caller caller, SortedSet<string> allowed)
    {
        foreach (var tenant in Tenants)
        {
            if (await CallAsync(gateway, caller, "tools_find", $$"""{"tenant":"{{tenant}}","query":"does a thing","limit":10}""") is ToolOutcome.Succeeded found)
                Assert.Subset(allowed, ToolsOf(gateway).Where(tool => Encoding.UTF8.GetString(found.Json.Span).Contains($"\"{tool}\"", StringComparison.Ordinal)).ToHashSet());
        }

        foreach (var tool in ToolsOf(gateway))
        {
            var (isDescribed, isCalled) = (false, false);
            foreach (var tenant in Tenants)
            {
                isDescribed |= await CallAsync(gateway, caller, "tools_describe", $$"""{"tenant":"{{tenant}}","tool":"{{tool}}"}""") is ToolOutcome.Succeeded;
                isCalled |= await CallAsync(gateway, caller, "tools_call", $$$"""{"tenant":"{{{tenant}}}","tool":"{{{tool}}}","arguments":{}}""") is ToolOutcome.Succeeded or ToolOutcome.Held;
            }

            Assert.Equal((allowed.Contains(tool), allowed.Contains(tool)), (isDescribed, isCalled));
        }
    }

    private static List<string> ToolsOf(GatewayParts gateway)
        => [.. gateway.Rules.Offer.Catalog.Entries.Select(entry => entry.Name).Where(name => name.StartsWith('x'))];

    private static Task<ToolOutcome> CallAsync(GatewayParts gateway, Caller caller, string tool, string arguments)
        => gateway.Pipeline.RunAsync(new ToolCallRequest(caller, tool, Encoding.UTF8.GetBytes(arguments)), Token);

    private static async Task<SortedSet<string>> NamesAsync(HttpClient client, Caller caller, HttpRequestMessage request, params string[] path)
    {
        request.Headers.Add(Who, caller.Subject);
        using var answer = await client.SendAsync(request, Token);
        var at = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Token));
        foreach (var member in path)
            at = at.GetProperty(member);
        return new SortedSet<string>(at.EnumerateArray().Select(item => item.GetProperty("name").GetString()!), StringComparer.Ordinal);
    }

    private static async Task<HttpStatusCode> ExecuteAsync(HttpClient client, Caller caller, string tool)
    {
        using var request = TestEdge.Post($"tools/{tool}/execute", """{"tenant":"t0"}""");
        request.Headers.Add(Who, caller.Subject);
        using var answer = await client.SendAsync(request, Token);
        return answer.StatusCode;
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Caller caller, string method, string member, string name)
    {
        using var request = TestEdge.Modern(method, $"\"{member}\":\"{name}\"", name);
        request.Headers.Add(Who, caller.Subject);
        using var answer = await client.SendAsync(request, Token);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Token)).TryGetProperty("result", out _);
    }

    private static SortedSet<string> Prompts(IEnumerable<MadeUpPlatform> platforms, SortedSet<string> allowed) => new(
        platforms.Where(platform => platform.Tools.Any(tool => allowed.Contains(tool.Name)))
            .SelectMany(platform => platform.Prompts).Where(prompt => prompt.Tools.All(allowed.Contains)).Select(prompt => prompt.Name), StringComparer.Ordinal);

    private static SortedSet<string> Resources(IEnumerable<MadeUpPlatform> platforms, SortedSet<string> allowed) => new(
        platforms.Where(platform => platform.Tools.Any(tool => allowed.Contains(tool.Name))).SelectMany(platform => platform.Resources).Select(resource => resource.Name), StringComparer.Ordinal);

    private static string Settings(Random random, out List<string> roles)
    {
        var yaml = new StringBuilder("mode: rw\nlimits: { mutations: 10000/1s, openAccessMutations: 10000/1s, repeats: off }\ntenants:\n");
        for (var tenant = 0; tenant < 3; tenant++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  t{tenant}: {{ mode: {(random.Next(2) == 0 ? "ro" : "rw")}");
            for (var platform = 0; platform < 3; platform++)
                yaml.Append(random.Next(3) > 0 ? string.Create(CultureInfo.InvariantCulture, $", p{platform}: {{}}") : "");
            yaml.Append(" }\n");
        }

        yaml.Append("roles:\n");
        roles = [.. Enumerable.Range(0, 4).Select(number => string.Create(CultureInfo.InvariantCulture, $"role{number}"))];
        foreach (var role in roles)
            yaml.Append(CultureInfo.InvariantCulture, $"  {role}: {{ allow: [{Patterns(random, 1)}], deny: [{Patterns(random, 0)}] }}\n");
        return yaml.ToString();
    }

    private static string Patterns(Random random, int fewest) => string.Join(", ", Enumerable.Range(0, random.Next(fewest, 3)).Select(_ =>
    {
        string[] places = ["", "", "p0/", "p1/", "p?/", "*/"];
        string[] names = ["*", "x0_*", "x1_thing_*", "*_0", "*_1*", "x2_thing_0", "alias_?_1", "nothing"];
        string[] kinds = ["", "", ":read", ":write"];
        return $"\"{places[random.Next(places.Length)]}{names[random.Next(names.Length)]}{kinds[random.Next(kinds.Length)]}\"";
    }));

    /// <summary>A platform with tools of random access and permission; its tools are not named after it, as the network's are not.</summary>
    private sealed class MadeUpPlatform : IConnector
    {
        public MadeUpPlatform(int number, Random random)
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"p{number}");
            var permissions = Enum.GetValues<ToolPermission>();
            Tools =
            [
                .. Enumerable.Range(0, random.Next(1, 5)).Select(tool => Tool.Raw<TestConnector.TestClient, Nothing>(
                    random.Next(2) == 0 ? ToolAccess.Read : ToolAccess.Write, string.Create(CultureInfo.InvariantCulture, $"x{number}_thing_{tool}"), "Does a thing.", static () => TestJson.Default.Nothing,
                    static (_, _, _, _) => Task.FromResult(TestConnector.Json("{}"))) with
                {
                    Permission = permissions[random.Next(permissions.Length)],
                    IsDestructive = random.Next(3) == 0,
                    Alias = random.Next(2) == 0 ? string.Create(CultureInfo.InvariantCulture, $"alias_{number}_{tool}") : null,
                }),
            ];
            Prompts = [.. Enumerable.Range(0, 3).Select(prompt => new Prompt(
                $"{Id}_prompt_{prompt}", "Prompt", "A prompt.", [], [.. Tools.Where(_ => random.Next(2) == 0).Select(tool => tool.Name)], static _ => "Do it."))];
            Resources = [new ConnectorResource($"{Id}://page", $"{Id}_page", "A page.", "text/plain", static _ => "page")];
        }

        public string Id { get; }

        public string Title => Id;

        public IReadOnlyList<Tool> Tools { get; }

        public IReadOnlyList<Prompt> Prompts { get; }

        public IReadOnlyList<ConnectorResource> Resources { get; }

        public SettingsType Settings { get; } = SettingsType.Of(static () => TestJson.Default.Nothing);

        public IAsyncDisposable Connect(object settings, UpstreamContext context) => new TestConnector.TestClient(context.Tenant);

        public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
