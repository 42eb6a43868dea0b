using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sallyport.Connectors.Eset;
using Sallyport.Core;
using Sallyport.Core.RequestTenants;
using Sallyport.Core.Resilience;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.World;
using Sallyport.Tests.Core.Http;
using Sallyport.Tests.Gateway;

namespace Sallyport.Tests.Connectors.Eset;

/// <summary>What ESET's users get from the gate as a whole.</summary>
public sealed class EsetGateTests
{
    [Fact, Trait("defect", "D16")]
    public async Task The_token_operation_is_refused_with_its_reason_and_nothing_is_sent()
    {
        await using var range = await EsetRange.StartAsync();
        await using var gate = await range.GateAsync();

        var refused = Assert.IsType<ToolOutcome.Refused>(await gate.CallAsync("auth_o_auth__token"));

        Assert.Contains("never handed to a model", refused.Problem!.Message);
        Assert.Equal(0, range.Running.Journal.Connections);
        Assert.DoesNotContain(gate.Catalog.Entries, entry => entry.Name.Contains("token", StringComparison.Ordinal));
    }

    [Fact, Trait("defect", "D29")]
    public async Task A_change_on_a_read_only_tenant_is_not_shown_and_refused_and_nothing_is_sent()
    {
        await using var range = await EsetRange.StartAsync();
        await using var gate = await TestGateway.StartAsync([new EsetConnector()], [Some.Tenant("eset", range.Settings(), readOnly: true)], new TestGatewayOptions { UsesRealTime = true });
        var id = range.World.Device(Cast.Victim).Id;

        Assert.IsType<ToolOutcome.Refused>(await gate.CallAsync("device_devices__rename_device", $$"""{"deviceUuid":"{{id}}","displayName":"x"}"""));

        Assert.All(gate.Listing.For(gate.Caller).Entries.Where(entry => entry.Connector.Id == "eset"), entry => Assert.Equal(Sallyport.Core.Tools.ToolAccess.Read, entry.Tool.Access));
        Assert.Equal(0, range.Running.Journal.Connections);
    }

    [Fact, Trait("defect", "D18")]
    public async Task Reading_by_post_is_allowed_on_a_read_only_tenant()
    {
        await using var range = await EsetRange.StartAsync();
        await using var gate = await TestGateway.StartAsync([new EsetConnector()], [Some.Tenant("eset", range.Settings(), readOnly: true)], new TestGatewayOptions { UsesRealTime = true });

        var found = await gate.ResultAsync("eset_users_get", $$"""{"usersUuids":["{{range.World.User(Cast.PhishedUser).Id}}"]}""");

        Assert.Equal(1, found.GetProperty("users").GetArrayLength());
    }

    [Fact, Trait("defect", "D7"), Trait("defect", "D8")]
    public async Task What_a_budget_cuts_off_can_be_fetched_until_nothing_is_missing()
    {
        await using var range = await EsetRange.StartAsync(devices: 120);
        const int Budget = 20_000;
        await using var gate = await range.GateAsync(new TestGatewayOptions { UsesRealTime = true, Wrap = false, Limits = new ResponseLimits(Bytes: Budget) });
        var names = new List<string>();
        var arguments = """{"pageSize":120}""";

        for (string? cursor = ""; cursor is not null;)
        {
            var outcome = Assert.IsType<ToolOutcome.Succeeded>(await gate.CallAsync("eset_devices_list", arguments));
            Assert.InRange(outcome.Json.Length, 1, Budget);
            var page = JsonElement.Parse(outcome.Json.Span);
            names.AddRange(page.GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("uuid").GetString()!));
            cursor = page.TryGetProperty("_capped", out var capped) ? capped.GetProperty("next").GetString() : null;
            arguments = $$"""{"pageSize":120,"cursor":"{{cursor}}"}""";
        }

        Assert.Equal(range.World.Devices().Where(device => device.Agent is not null).Select(device => device.Id.ToString()), names);
    }

    [Fact]
    public async Task Rows_can_be_reduced_to_the_fields_that_matter()
    {
        await using var range = await EsetRange.StartAsync();
        await using var gate = await range.GateAsync(new TestGatewayOptions { UsesRealTime = true, Wrap = false });

        var page = await gate.ResultAsync("eset_devices_list", """{"pageSize":3,"fields":["uuid","lastSyncTime"]}""");

        Assert.All(page.GetProperty("devices").EnumerateArray(), device => Assert.Equal(["lastSyncTime", "uuid"], device.EnumerateObject().Select(member => member.Name).Order()));
    }

    [Fact]
    public async Task Text_that_a_stranger_wrote_comes_marked_as_data()
    {
        await using var range = await EsetRange.StartAsync();
        range.Running.Faults.Set(Fault.HostileText);
        await using var gate = await range.GateAsync();

        var page = await gate.ResultAsync("eset_devices_list", """{"pageSize":60,"fields":["displayName"]}""");

        Assert.All(page.GetProperty("devices").EnumerateArray(), device => Assert.Contains("untrusted-content", device.GetProperty("displayName").GetProperty("_warning").GetString()));
    }

    [Fact, Trait("defect", "D4")]
    public async Task Two_tenants_called_in_turn_never_mix()
    {
        await using var range = await EsetRange.StartAsync();
        range.Controls.Accounts["second@contoso.example"] = "second-password";
        Tenant[] tenants =
        [
            Some.Tenant("eset", range.Settings(), id: "first"),
            Some.Tenant("eset", range.Settings() with { User = "second@contoso.example", Password = new Secret("second-password") }, id: "second"),
        ];
        await using var gate = await TestGateway.StartAsync([new EsetConnector()], tenants, new TestGatewayOptions { UsesRealTime = true, Wrap = false });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async turn =>
        {
            var tenant = turn % 2 == 0 ? "first" : "second";
            var page = await gate.ResultAsync("eset_devices_list", $$"""{"pageSize":1,"tenant":"{{tenant}}"}""");
            Assert.Equal(tenant, page.GetProperty("tenant").GetString());
            return (tenant, owner: page.GetProperty("devices")[0].GetProperty("ownerUuid").GetString());
        }));

        Assert.Equal(2, answers.Distinct().Count());
    }

    [Fact, Trait("defect", "D4")]
    public async Task Each_request_runs_with_the_account_it_brought_and_none_without_one()
    {
        await using var range = await EsetRange.StartAsync();
        range.Controls.Accounts["second@contoso.example"] = "second-password";
        var connector = new EsetConnector();
        var settings = range.Settings() with { User = null, Password = null, RequestCredentials = new RequestCredentialsSettings() };
        await using var gate = await TestGateway.StartAsync(connector, settings, new TestGatewayOptions { UsesRealTime = true, Wrap = false });
        async Task<ToolOutcome> CallAsync(string? pair)
        {
            var accepted = pair is null ? null : (RequestTenant.Accepted)connector.Read(settings, name => name == "Authorization" ? $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}" : null);
            return await gate.Pipeline.RunAsync(
                new ToolCallRequest(
                    gate.Caller with { Account = accepted is null ? null : new RequestAccount("contoso", "eset", accepted) }, "eset_devices_list", """{"pageSize":1}"""u8.ToArray()),
                TestContext.Current.CancellationToken);
        }

        string[] pairs = [$"{range.Controls.User}:{range.Controls.Password}", "second@contoso.example:second-password"];
        var owners = await Task.WhenAll(Enumerable.Range(0, 20).Select(async turn => (turn % 2, Assert.IsType<ToolOutcome.Succeeded>(await CallAsync(pairs[turn % 2])))));

        Assert.Equal(2, owners.Select(answer => (answer.Item1, JsonElement.Parse(answer.Item2.Json.Span).GetProperty("devices")[0].GetProperty("ownerUuid").GetString())).Distinct().Count());
        Assert.Equal(2, range.Running.Journal.To("/oauth/token").Count);
        Assert.Equal("upstream_auth", Assert.IsType<ToolOutcome.Failed>(await CallAsync(null)).Problem!.Code);
    }

    [Fact]
    public async Task One_accounts_broken_console_leaves_the_others_alone()
    {
        await using var range = await EsetRange.StartAsync();
        var connector = new EsetConnector();
        await using var console = await ScriptedServer.StartAsync((context, _) => context.Response.WriteAsync("out of order"));
        var broken = console.Address.GetLeftPart(UriPartial.Authority);
        var settings = range.Settings() with { User = null, Password = null, RequestCredentials = new RequestCredentialsSettings(Servers: [broken]) };
        await using var gate = await TestGateway.StartAsync(
            connector, settings, new TestGatewayOptions { UsesRealTime = true, Circuit = new CircuitOptions(FailureThreshold: 1) });
        async Task<string?> CodeAsync(string? place)
        {
            var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{range.Controls.User}:{range.Controls.Password}"));
            var accepted = (RequestTenant.Accepted)connector.Read(settings, name => name switch { "Authorization" => $"Basic {pair}", "X-ESET-Server-URL" => place, _ => null });
            return (await gate.Pipeline.RunAsync(
                new ToolCallRequest(gate.Caller with { Account = new RequestAccount("contoso", "eset", accepted) }, "eset_devices_list", """{"pageSize":1}"""u8.ToArray()),
                TestContext.Current.CancellationToken)).Problem?.Code;
        }

        Assert.Equal("upstream_invalid_response", await CodeAsync(broken));
        Assert.Equal("circuit_open", await CodeAsync(broken));
        Assert.Null(await CodeAsync(null));
    }

    [Theory]
    [InlineData("device_devices__rename_device", """{"deviceUuid":"ID","body":{"displayName":"ws-37-b"}}""")]
    [InlineData("device_devices__rename_device", """{"deviceUuid":"ID","displayName":"ws-37-b"}""")]
    [InlineData("eset_device_rename", """{"deviceUuid":"ID","displayName":"ws-37-b"}""")]
    public async Task A_script_for_the_reference_server_can_go_on_wrapping_the_body(string tool, string arguments)
    {
        await using var range = await EsetRange.StartAsync();
        await using var gate = await range.GateAsync();

        await gate.ResultAsync(tool, arguments.Replace("ID", range.World.Device(Cast.Victim).Id.ToString(), StringComparison.Ordinal));

        Assert.Equal("""{"displayName":"ws-37-b"}""", range.Running.Journal.To("/v1/devices").Single().Body);
        Assert.Equal(["deviceUuid", "displayName"], gate.AuditRecords().Last(record => record.TryGetProperty("arguments", out _)).GetProperty("arguments").EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("eset_device_rename", """{"deviceUuid":"ID","body":{"displayName":"x"}}""", "body")]
    [InlineData("device_devices__rename_device", """{"deviceUuid":"ID","displayName":"x","body":{"displayName":"y"}}""", "displayName: is given twice")]
    [InlineData("device_devices__rename_device", """{"deviceUuid":"ID","body":{"uuid":"y","displayName":"x"}}""", "uuid")]
    [InlineData("device_devices__rename_device", """{"deviceUuid":"ID","body":{"displayName":"x","tenant":"other"}}""", "body")]
    [InlineData("device_devices__rename_device", """{"deviceUuid":"ID","body":"x"}""", "body")]
    [InlineData("device_devices__get_device", """{"deviceUuid":"ID","body":{}}""", "body")]
    public async Task A_body_where_none_belongs_or_with_what_nobody_may_set_is_refused_by_name(string tool, string arguments, string named)
    {
        await using var range = await EsetRange.StartAsync();
        await using var gate = await range.GateAsync();

        var refused = Assert.IsType<ToolOutcome.Refused>(await gate.CallAsync(tool, arguments.Replace("ID", Guid.Empty.ToString(), StringComparison.Ordinal)));

        Assert.Contains(named, refused.Problem!.Message);
        Assert.Equal(0, range.Running.Journal.Connections);
    }

    [Fact, Trait("defect", "D23")]
    public async Task No_secret_address_query_or_id_is_in_the_log_at_any_level()
    {
        await using var range = await EsetRange.StartAsync();
        using var log = new LogLines();
        await using var client = (EsetClient)new EsetConnector().Connect(range.Settings(), range.Context() with { Loggers = log });
        var id = range.World.Device(Cast.Victim).Id.ToString();
        range.Running.Faults.Script("/v1/devices", FaultStep.StatusRetryAfter(503, 0));
        range.Running.Faults.Script("/v1/devices", FaultStep.RefuseToken(forget: true));

        await range.CallAsync(client, "eset_devices_list", """{"displayNames":["ws-37"],"pageSize":7}""");
        await range.CallAsync(client, "eset_device_get", $$"""{"deviceUuid":"{{id}}"}""");

        var text = string.Join('\n', log.Lines.Select(line => line.Text));
        Assert.Contains("(503, unavailable), attempt 1", text);
        Assert.All([range.Controls.Password, "sim.", id, "ws-37", "pageSize", "/v1/"], secret => Assert.DoesNotContain(secret, text));
    }

    [Fact, Trait("defect", "D12")]
    public async Task An_error_of_ESET_is_an_error_of_the_call()
    {
        await using var range = await EsetRange.StartAsync();
        await using var gate = await range.GateAsync();

        var failed = Assert.IsType<ToolOutcome.Failed>(await gate.CallAsync("eset_device_get", """{"deviceUuid":"00000000-0000-4000-8000-000000000000"}"""));

        Assert.Equal("upstream_not_found", failed.Problem!.Code);
    }

    [Fact, Trait("defect", "D23")]
    public async Task No_secret_is_in_the_audit()
    {
        await using var range = await EsetRange.StartAsync();
        await using var gate = await range.GateAsync();
        await gate.CallAsync("eset_devices_list", """{"displayNames":["ws-37"]}""");

        var audit = string.Concat(gate.AuditRecords().Select(record => record.GetRawText()));

        Assert.DoesNotContain(range.Controls.Password, audit);
        Assert.DoesNotContain("sim.", audit);
    }

    [Fact, Trait("defect", "D17")]
    public void Every_tool_says_what_comes_back_in_words_of_its_own()
        => Assert.All(EsetTools.All, tool =>
        {
            Assert.InRange(tool.Description.Length, 15, 220);
            Assert.DoesNotContain("/v1/", tool.Description);
            Assert.EndsWith(".", tool.Description);
        });

    [Fact]
    public async Task Fifty_thousand_devices_are_paged_to_the_end()
    {
        await using var range = await EsetRange.StartAsync(devices: Company.MostDevices);
        var client = range.Connect();
        var (seen, token) = (0, "");
        do
        {
            var page = await range.CallAsync(client, "eset_device_group_members_list",
                Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(new { groupUuid = await RootAsync(range, client), recurseSubgroups = true, pageSize = 1000, pageToken = token })));
            seen += page.GetProperty("devices").GetArrayLength();
            token = page.GetProperty("nextPageToken").GetString()!;
        }
        while (token.Length > 0);

        Assert.Equal(Company.MostDevices, seen);
    }

    private static async Task<string> RootAsync(EsetRange range, EsetClient client)
        => (await range.CallAsync(client, "eset_device_groups_list", """{"pageSize":1}""")).GetProperty("deviceGroups")[0].GetProperty("uuid").GetString()!;
}
