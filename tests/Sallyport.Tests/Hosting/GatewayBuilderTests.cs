using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting;
using Sallyport.Tests.Configuration;
using Sallyport.Tests.Gateway;

namespace Sallyport.Tests.Hosting;

public sealed class GatewayBuilderTests : IDisposable
{
    private readonly SettingsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Each_gate_on_a_machine_keeps_an_audit_file_of_its_own()
    {
        _bench.Yaml = $"audit: {{ file: '{Path.Combine(_bench.Folder, "audit.jsonl")}' }}";
        await using var first = await StartAsync();
        await using var second = await StartAsync();

        Assert.Equal(["audit-2.jsonl", "audit.jsonl"], Directory.GetFiles(_bench.Folder, "*.jsonl").Select(Path.GetFileName).Order());
        Assert.Equal(2, AuditStart.LogsOf(_bench.Settings()).Count);
    }

    [Fact]
    public async Task Gates_that_reach_the_audit_by_a_symbolic_link_keep_files_of_their_own_too()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Symbolic links need a privilege on Windows.");
        var elsewhere = Directory.CreateDirectory(Path.Combine(_bench.Folder, "elsewhere")).FullName;
        File.CreateSymbolicLink(Path.Combine(_bench.Folder, "audit.jsonl"), Path.Combine(elsewhere, "real.jsonl"));
        _bench.Yaml = $"audit: {{ file: '{Path.Combine(_bench.Folder, "audit.jsonl")}' }}";
        await using var first = await StartAsync();
        await using var second = await StartAsync();

        Assert.True(File.Exists(Path.Combine(elsewhere, "real.jsonl")));
        Assert.True(File.Exists(Path.Combine(_bench.Folder, "audit-2.jsonl")));
    }

    [Fact]
    public async Task A_call_of_a_tool_that_is_not_there_is_refused_and_recorded()
    {
        _bench.Yaml = $"state: {{ directory: '{_bench.Folder}/state' }}";
        await using (var gateway = await StartAsync())
        {
            var outcome = await gateway.Parts.Pipeline.RunAsync(new ToolCallRequest(HttpSetup.OpenAccess, "nothing", default), TestContext.Current.CancellationToken);
            Assert.IsType<ToolOutcome.Refused>(outcome);
        }

        Assert.Contains("\"tool\":\"nothing\"", await File.ReadAllTextAsync(Path.Combine(_bench.Folder, "state", "audit.jsonl"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("mode: rw", "ro", true)]
    [InlineData("mode: ro", "rw", false)]
    [InlineData("mode: ro", "", true)]
    [InlineData("mode: rw", "", false)]
    public void A_tenants_own_mode_goes_before_the_gates(string gate, string tenant, bool isReadOnly)
    {
        _bench.Yaml = $"{gate}\ntenants: {{ contoso: {{ mode: {tenant}, portal: {{ baseUrl: 'https://portal.test' }} }} }}";

        Assert.Equal(isReadOnly, Assert.Single(GatewayBuilder.Offer(_bench.Settings(), _bench.Connectors).Tenants.Tenants).IsReadOnly);
    }

    [Fact]
    public void Roles_of_the_operators_own_are_known()
    {
        _bench.Yaml = "roles: { triage: { allow: ['*:read'], approve: true } }";

        var authorizer = GatewayBuilder.Offer(_bench.Settings(), _bench.Connectors).Authorizer;

        Assert.True(authorizer.Knows("triage"));
        Assert.True(authorizer.MayApprove(new Caller("x", "triage", ["*"], "token")));
        Assert.False(authorizer.Knows("nobody"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("audit: { hmacKey: 0123456789abcdef0123456789abcdef }", false)]
    public async Task With_an_audit_key_an_approval_written_by_hand_counts_for_nothing(string key, bool isBelieved)
    {
        using var bench = new SettingsBench { Connectors = [new TestConnector([TestConnector.Writing()])], Yaml = $"mode: rw\n{key}\ntenants: {{ contoso: {{ test: {{}} }} }}" };
        bench.Variables["SALLYPORT_STATE__DIRECTORY"] = Path.Combine(bench.Folder, "state");
        await using var gateway = await GatewayBuilder.StartAsync(bench.Settings(), bench.Connectors, NullLoggerFactory.Instance, TimeProvider.System, TestContext.Current.CancellationToken);
        var held = await gateway.Parts.Pipeline.RunAsync(new ToolCallRequest(HttpSetup.OpenAccess, "test_thing_change", "{}"u8.ToArray()), TestContext.Current.CancellationToken);
        var id = held.Problem!.ApprovalId!;
        var file = Path.Combine(bench.Folder, "state", "approvals", $"{id}.json");
        var written = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            file, written.Replace("\"Waiting\"", "\"Approved\"", StringComparison.Ordinal).Replace("\"ApprovedBy\":[]", "\"ApprovedBy\":[\"alice\"]", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var used = await gateway.Parts.Pipeline.RunAsync(
            new ToolCallRequest(HttpSetup.OpenAccess, "test_thing_change", System.Text.Encoding.UTF8.GetBytes($$"""{"approval":"{{id}}"}""")), TestContext.Current.CancellationToken);

        Assert.Equal(isBelieved, used is ToolOutcome.Succeeded);
    }

    private Task<RunningGateway> StartAsync()
        => GatewayBuilder.StartAsync(_bench.Settings(), _bench.Connectors, NullLoggerFactory.Instance, TimeProvider.System, TestContext.Current.CancellationToken);
}
