using Sallyport.Gateway.Tenancy;

namespace Sallyport.Tests.Gateway.Observability;

public sealed class CallLogTests : IDisposable
{
    private readonly LogLines _lines = new();

    public void Dispose() => _lines.Dispose();

    [Fact]
    public async Task A_call_is_announced_with_what_the_audit_keeps_of_its_arguments_and_its_end_is_told()
    {
        await using var gateway = await StartAsync();

        await gateway.CallAsync("test_things_list", """{"id":7,"note":"canary-text"}""");

        Assert.Equal(["tool-invoked", "tool-succeeded"], Events);
        Assert.Contains("\"id\":7", Said[0], StringComparison.Ordinal);
        Assert.DoesNotContain(Said, line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_with_wrong_arguments_is_told_by_their_names_alone()
    {
        await using var gateway = await StartAsync();

        await gateway.CallAsync("test_things_list", """{"id":4711,"canary":"probe"}""");

        Assert.Equal(["tool-invoked", "tool-failed"], Events);
        Assert.Contains("rejected: True", Said[0], StringComparison.Ordinal);
        Assert.Contains("invalid_arguments", Said[1], StringComparison.Ordinal);
        Assert.DoesNotContain(Said, line => line.Contains("4711", StringComparison.Ordinal) || line.Contains("probe", StringComparison.Ordinal) || line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_tool_that_is_not_there_only_the_length_of_its_name_is_told()
    {
        await using var gateway = await StartAsync();

        await gateway.CallAsync("canary_tool");

        Assert.Equal(["tool-unknown"], Events);
        Assert.Contains("11 characters", Said[0], StringComparison.Ordinal);
        Assert.DoesNotContain("canary", Said[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_to_several_tenants_has_a_line_for_each_and_one_for_all()
    {
        await using var gateway = await StartAsync("contoso", "fabrikam");

        await gateway.CallAsync("test_things_list", """{"tenant":"*"}""");

        Assert.Equal(["fan-out-tenant-succeeded", "fan-out-tenant-succeeded", "tool-invoked", "tool-invoked", "tool-succeeded"], Events.Order());
        Assert.Contains("tenants: 2", Said[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_becomes_of_a_change_is_told_with_who_wanted_it_and_where()
    {
        await using var gateway = await TestGateway.StartAsync(
            [new TestConnector([TestConnector.Writing()])], [Some.Tenant(readOnly: true)], new TestGatewayOptions { Log = _lines.CreateLogger("") });

        await gateway.CallAsync("test_thing_change", """{"id":7,"note":"canary-text"}""");

        var told = Assert.Single(_lines.Of("state-change"));
        Assert.Contains("asked by", told, StringComparison.Ordinal);
        Assert.Contains("refused", told, StringComparison.Ordinal);
        Assert.Contains("\"id\":7", told, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", told, StringComparison.Ordinal);
    }

    private IReadOnlyList<string?> Events => [.. _lines.Lines.Select(line => line.Event)];

    private IReadOnlyList<string> Said => [.. _lines.Lines.Select(line => line.Text)];

    private Task<TestGateway> StartAsync(params string[] tenants) => TestGateway.StartAsync(
        [new TestConnector([TestConnector.Reading()])], (Tenant[])[.. (tenants is [] ? ["contoso"] : tenants).Select(id => Some.Tenant(id: id))], new TestGatewayOptions { Log = _lines.CreateLogger("") });
}
