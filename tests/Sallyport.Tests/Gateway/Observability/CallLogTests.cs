using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Tests.Gateway.Observability;

public sealed class CallLogTests
{
    private readonly Lines _lines = new();

    [Fact]
    public async Task A_call_is_announced_with_what_the_audit_keeps_of_its_arguments_and_its_end_is_told()
    {
        await using var gateway = await StartAsync();

        await gateway.CallAsync("test_things_list", """{"id":7,"note":"canary-text"}""");

        Assert.Equal(["tool-invoked", "tool-succeeded"], _lines.Events);
        Assert.Contains("\"id\":7", _lines.Said[0], StringComparison.Ordinal);
        Assert.DoesNotContain(_lines.Said, line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_with_wrong_arguments_is_told_by_their_names_alone()
    {
        await using var gateway = await StartAsync();

        await gateway.CallAsync("test_things_list", """{"id":4711,"canary":"probe"}""");

        Assert.Equal(["tool-invoked", "tool-failed"], _lines.Events);
        Assert.Contains("rejected: True", _lines.Said[0], StringComparison.Ordinal);
        Assert.Contains("invalid_arguments", _lines.Said[1], StringComparison.Ordinal);
        Assert.DoesNotContain(_lines.Said, line => line.Contains("4711", StringComparison.Ordinal) || line.Contains("probe", StringComparison.Ordinal) || line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_tool_that_is_not_there_only_the_length_of_its_name_is_told()
    {
        await using var gateway = await StartAsync();

        await gateway.CallAsync("canary_tool");

        Assert.Equal(["tool-unknown"], _lines.Events);
        Assert.Contains("11 characters", _lines.Said[0], StringComparison.Ordinal);
        Assert.DoesNotContain("canary", _lines.Said[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_to_several_tenants_has_a_line_for_each_and_one_for_all()
    {
        await using var gateway = await StartAsync("contoso", "fabrikam");

        await gateway.CallAsync("test_things_list", """{"tenant":"*"}""");

        Assert.Equal(["fan-out-tenant-succeeded", "fan-out-tenant-succeeded", "tool-invoked", "tool-invoked", "tool-succeeded"], _lines.Events.Order());
        Assert.Contains("tenants: 2", _lines.Said[^1], StringComparison.Ordinal);
    }

    private Task<TestGateway> StartAsync(params string[] tenants) => TestGateway.StartAsync(
        [new TestConnector([TestConnector.Reading()])], (Tenant[])[.. (tenants is [] ? ["contoso"] : tenants).Select(id => Some.Tenant(id: id))], new TestGatewayOptions { Log = _lines });

    /// <summary>Keeps what is logged.</summary>
    private sealed class Lines : ILogger
    {
        private readonly ConcurrentQueue<(string Event, string Line)> _all = new();

        public IReadOnlyList<string> Events => [.. _all.Select(line => line.Event)];

        public IReadOnlyList<string> Said => [.. _all.Select(line => line.Line)];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => _all.Enqueue((eventId.Name ?? "", formatter(state, exception)));
    }
}
