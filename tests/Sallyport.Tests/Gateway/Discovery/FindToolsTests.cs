using System.Text.Json;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;

namespace Sallyport.Tests.Gateway.Discovery;

/// <summary>Finding and describing show a caller what it may use and nothing else.</summary>
public sealed class FindToolsTests
{
    private const int Rounds = 300;

    private static readonly string[] Questions =
        ["isolate device", "list", "delete quarantine", "finding close", "scan ports", "user timeline", "policy", "detection", "incident update comment", "assign role", "product create"];

    [Fact]
    public void What_is_found_and_described_may_be_called_whatever_the_role()
    {
        var offer = AllPlatforms.Offer([]);
        var names = offer.Catalog.Entries.Select(entry => entry.Name).ToArray();
        var random = new Random(20261121);
        var roles = Enumerable.Range(0, Rounds).Select(number => RandomRole($"role{number}", random, names)).ToList();
        var authorizer = new Authorizer([.. Role.BuiltIn, .. roles]);
        var listing = new ToolListing(offer.Catalog, authorizer, offer.Tenants, usesAliases: false, Toolsets.Lean);
        var found = 0;
        foreach (var caller in roles.Concat(Role.BuiltIn).Select(role => Some.Caller(role.Name)))
        {
            var list = listing.For(caller);
            foreach (var entry in Questions.SelectMany(question => list.Search(question, 20)))
            {
                Assert.True(authorizer.MayUse(caller, entry), $"{caller.Role} found {entry.Name}");
                found++;
            }

            foreach (var entry in offer.Catalog.Entries.Where(entry => !authorizer.MayUse(caller, entry)))
                Assert.Null(list.Find(entry.Name));
        }

        Assert.True(found > Rounds);
    }

    [Fact]
    public async Task A_tool_that_is_not_the_callers_and_one_that_does_not_exist_are_described_in_the_same_words()
    {
        await using var gate = await TestGateway.StartAsync(TestConnector.Reading(), TestConnector.Writing());
        gate.Caller = Some.Caller("reader");

        var foreign = await gate.CallAsync("tools_describe", """{"tool":"test_thing_change"}""");
        var missing = await gate.CallAsync("tools_describe", """{"tool":"test_thing_invent"}""");

        Assert.Equal(ErrorCode.InvalidArguments, foreign.Problem!.Code);
        Assert.Equal(foreign.Problem.Message, missing.Problem!.Message);
    }

    [Fact]
    public async Task What_is_found_says_what_it_does_and_needs_and_is_no_untrusted_content()
    {
        await using var gate = await TestGateway.StartAsync(TestConnector.Reading(), TestConnector.Writing());

        var found = await gate.ResultAsync("tools_find", """{"query":"change a thing","limit":1}""");

        Assert.Equal("""{"tools":[{"name":"test_thing_change","does":"Changes a thing.","changes":true}]}""", JsonSerializer.Serialize(found));
        Assert.Equal(["open", "close succeeded"], gate.AuditLines());
    }

    [Fact]
    public async Task A_description_holds_the_schema_that_calls_are_checked_against_and_says_what_may_happen()
    {
        await using var gate = await TestGateway.StartAsync(
            new TestConnector([TestConnector.Writing() with { Alias = "ChangeThing" }]), new object(), new TestGatewayOptions { Approvals = ApprovalPolicy.Default });

        var described = await gate.ResultAsync("tools_describe", """{"tool":"ChangeThing"}""");

        Assert.Equal("test_thing_change", described.GetProperty("name").GetString());
        Assert.Equal("ChangeThing", described.GetProperty("also").GetString());
        Assert.Equal("write", described.GetProperty("access").GetString());
        Assert.True(described.GetProperty("destructive").GetBoolean());
        Assert.True(described.GetProperty("may_be_held").GetBoolean());
        Assert.True(described.GetProperty("input_schema").GetProperty("properties").TryGetProperty("approval", out _));
    }

    [Fact]
    public async Task Somebody_with_several_tenants_need_not_name_one_and_narrows_by_naming_one()
    {
        var one = new TestConnector([TestConnector.Reading("one_things_list")], "one");
        var two = new TestConnector([TestConnector.Reading("two_things_list")], "two");
        await using var gate = await TestGateway.StartAsync([one, two], [Some.Tenant("one", id: "contoso"), Some.Tenant("two", id: "fabrikam")]);

        Assert.Equal(2, (await gate.ResultAsync("tools_find", """{"query":"things"}""")).GetProperty("tools").GetArrayLength());
        var narrowed = await gate.ResultAsync("tools_find", """{"query":"things","tenant":"fabrikam"}""");

        Assert.Equal(["two_things_list"], narrowed.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()));
        Assert.Equal(ErrorCode.TenantUnknown, (await gate.CallAsync("tools_find", """{"query":"things","tenant":"nowhere"}""")).Problem!.Code);
    }

    [Fact]
    public async Task A_change_is_not_found_for_a_tenant_that_is_read_only()
    {
        var connector = new TestConnector([TestConnector.Writing()]);
        await using var gate = await TestGateway.StartAsync([connector], [Some.Tenant(id: "contoso", readOnly: true), Some.Tenant(id: "fabrikam")]);

        Assert.Empty((await gate.ResultAsync("tools_find", """{"query":"change a thing","tenant":"contoso"}""")).GetProperty("tools").EnumerateArray());
        Assert.NotEmpty((await gate.ResultAsync("tools_find", """{"query":"change a thing","tenant":"fabrikam"}""")).GetProperty("tools").EnumerateArray());
    }

    [Fact]
    public void Every_example_is_one_that_the_tool_accepts()
    {
        foreach (var entry in AllPlatforms.Offer([]).Catalog.Entries.Where(entry => !entry.IsRelay))
        {
            var buffer = new System.Buffers.ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(buffer))
                ExampleArguments.Write(writer, entry.Tool.Input.Root);
            var errors = entry.Schema.Validate(buffer.WrittenSpan);
            Assert.True(errors.Count == 0, $"{entry.Name}: {System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan)} {string.Join("; ", errors)}");
        }
    }

    private static Role RandomRole(string name, Random random, string[] names)
    {
        var permissions = Enum.GetValues<ToolPermission>().Where(_ => random.Next(3) == 0).ToHashSet();
        return new Role(name, permissions, Patterns(random.Next(4)), Patterns(random.Next(3)));

        string[] Patterns(int count) => [.. Enumerable.Range(0, count).Select(_ => names[random.Next(names.Length)]).Select(tool => random.Next(3) switch
        {
            0 => tool,
            1 => $"{tool[..tool.IndexOf('_', StringComparison.Ordinal)]}_*:read",
            _ => $"*{tool[tool.LastIndexOf('_')..]}",
        })];
    }
}
