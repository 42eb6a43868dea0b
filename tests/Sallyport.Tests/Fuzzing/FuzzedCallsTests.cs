using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sallyport.Connectors;
using Sallyport.Core.Resilience;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Tests.Gateway;
using Sallyport.Tests.Gateway.Investigations;

namespace Sallyport.Tests.Fuzzing;

/// <summary>Whatever fits a tool's schema can be read by its handler and ends in a decision, never in a fault of the gate.</summary>
public sealed class FuzzedCallsTests
{
    private const int Bound = 10_000;
    private const int Called = 150;

    /// <summary>Those that start programs or ask all platforms.</summary>
    private const int CalledLess = 20;

    private const int CallsAtOnce = 8;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Connectors => [.. BuiltInConnectors.All.Select(connector => connector.Id)];

    [Theory]
    [MemberData(nameof(Connectors))]
    public void Ten_thousand_objects_are_read_as_arguments_where_they_fit(string connector)
        // What is exactly one REST operation is passed on without being read.
        => Parallel.ForEach(BuiltInConnectors.All.Single(one => one.Id == connector).Tools.Where(tool => tool.Operation is null), tool =>
        {
            var arguments = new FittingArguments(tool.Input, Seeded(tool));
            var fitting = 0;
            for (var round = 0; round < Bound; round++)
            {
                if (arguments.Next() is { } made)
                {
                    Read(tool, made);
                    fitting++;
                }
            }

            Assert.True(fitting > Bound / 20, $"{tool.Name}: only {fitting} fit");
        });

    [Fact]
    public async Task Hundreds_of_calls_of_every_tool_end_without_a_fault_of_the_gate()
    {
        var log = new Faults();
        await using var range = await CompanyRange.StartAsync(new TestGatewayOptions { Circuit = new CircuitOptions(FailureThreshold: 100_000), Log = log, Time = new FastClock() }, isReadOnly: false);
        range.Gate.Caller = new Caller("fuzzer", "admin", ["*"], "token");
        var codes = new ConcurrentDictionary<string, int>();

        await Parallel.ForEachAsync(range.Gate.Catalog.Entries, new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = Cancel }, async (entry, token) =>
        {
            var arguments = new FittingArguments(entry.Schema, Seeded(entry.Tool));
            for (var round = entry.Tool.Program is null && entry.Sources.Count == 0 ? Called : CalledLess; round > 0; round--)
            {
                if (arguments.Next() is not { } made)
                    continue;
                log.Now.Value = $"{entry.Name} {Encoding.UTF8.GetString(made)}";
                var outcome = await range.Gate.Pipeline.RunAsync(new ToolCallRequest(range.Gate.Caller, entry.Name, made), token);
                codes.AddOrUpdate(outcome.Problem?.Code ?? "ok", 1, static (_, count) => count + 1);
            }
        });

        Assert.True(log.Told.IsEmpty, string.Join("\n\n", log.Told.DistinctBy(static told => told.Split(' ')[0]).Take(20)));
        // Calls that all end at the door show nothing.
        Assert.True(codes["ok"] > 1000 && !codes.ContainsKey(ErrorCode.Internal), string.Join(", ", codes));
    }

    private static Random Seeded(Tool tool) => new(tool.Name.Aggregate(17, static (hash, letter) => unchecked((hash * 31) + letter)));

    private static void Read(Tool tool, byte[] made)
    {
        try
        {
            if (tool.Input.Type?.Invoke() is { } type)
                Assert.NotNull(JsonSerializer.Deserialize(made, type));
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{tool.Name}: {Encoding.UTF8.GetString(made)}", exception);
        }
    }

    /// <summary>Keeps what the gate logs as a fault of its own, with the call that met it.</summary>
    private sealed class Faults : ILogger
    {
        public AsyncLocal<string> Now { get; } = new();

        public ConcurrentQueue<string> Told { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name == "call-broke")
                Told.Enqueue($"{Now.Value}\n{formatter(state, exception)}");
        }
    }
}
