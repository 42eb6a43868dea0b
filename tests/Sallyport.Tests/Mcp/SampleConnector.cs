using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core;
using Sallyport.Core.Prompts;
using Sallyport.Core.Settings;
using Sallyport.Core.Tools;

namespace Sallyport.Tests.Mcp;

/// <summary>A platform made up for tests: it echoes, waits, breaks and changes things.</summary>
internal sealed class SampleConnector : IConnector
{
    /// <summary>Completes once a call of sample_work_wait runs.</summary>
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once that call has been cancelled.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => "sample";

    public string Title => "Sample";

    public IReadOnlyList<Tool> Tools { get; } =
    [
        Tool.Read(
            "sample_text_echo", "Says what it was told.", static () => PlatformJson.Default.Echo, static () => PlatformJson.Default.Echoed,
            static (SampleClient _, Echo arguments, CancellationToken _) => Task.FromResult(new Echoed(arguments.Text, arguments.Times))) with { Alias = "EchoTool", UntrustedMembers = ["text"] },
        Tool.Read(
            "sample_work_wait", "Waits until it is cancelled, reporting progress.", static () => PlatformJson.Default.Nothing, static () => PlatformJson.Default.Echoed,
            static (SampleClient client, Nothing _, ToolContext context, CancellationToken token) => client.WaitAsync(context, token)),
        Tool.Read(
            "sample_work_step", "Reports three steps and ends.", static () => PlatformJson.Default.Nothing, static () => PlatformJson.Default.Echoed,
            static (SampleClient _, Nothing _, ToolContext context, CancellationToken _) =>
            {
                for (var step = 1; step <= 3; step++)
                    context.Report(step, 3, $"step {step}");
                return Task.FromResult(new Echoed("done", 3));
            }),
        Tool.Raw<SampleClient, Nothing>(
            ToolAccess.Read, "sample_files_get", "Gives a picture and a capture.", static () => PlatformJson.Default.Nothing,
            static (_, _, _, _) => Task.FromResult(FromFiles())),
        Tool.Read(
            "sample_upstream_break", "Fails as a platform does.", static () => PlatformJson.Default.Nothing, static () => PlatformJson.Default.Echoed,
            static Task<Echoed> (SampleClient _, Nothing _, CancellationToken _) =>
                throw new UpstreamException(UpstreamFailure.Throttled, "Sample asked us to wait 7 s.") { RetryAfter = TimeSpan.FromSeconds(7) }),
        Tool.Write(
            "sample_host_remove", "Removes one host.", static () => PlatformJson.Default.HostRef, static () => PlatformJson.Default.Echoed,
            static (SampleClient _, HostRef host, CancellationToken _) => Task.FromResult(new Echoed($"removed {host.HostId}", 1))) with { IsDestructive = true },
        Tool.Write(
            "sample_note_write", "Writes a note over the one before.", static () => PlatformJson.Default.Echo, static () => PlatformJson.Default.Echoed,
            static (SampleClient _, Echo note, CancellationToken _) => Task.FromResult(new Echoed(note.Text, 1))) with { IsDestructive = true },
    ];

    public IReadOnlyList<Prompt> Prompts { get; } =
    [
        new("sample_look", "Look", "Look at one host.", [new PromptArgument("host", "Its name.", IsRequired: true)], ["sample_text_echo"],
            static arguments => $"Look at {arguments["host"]}.") { Alias = "look" },
        new("sample_clean", "Clean", "Remove one host.", [], ["sample_host_remove"], static _ => "Remove it."),
    ];

    public IReadOnlyList<ConnectorResource> Resources { get; } =
    [
        new("sample://docs/limits", "limits", "What it allows.", "text/markdown", static _ => "# Limits"),
    ];

    public SettingsType Settings { get; } = SettingsType.Of(static () => PlatformJson.Default.SampleSettings);

    public IAsyncDisposable Connect(object settings, UpstreamContext context) => new SampleClient(this);

    public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken) => Task.CompletedTask;

    private static ToolContent FromFiles() => ToolContent.FromJson("""{"files":2}"""u8.ToArray(), [
        new ToolAttachment("sample://pictures/1", "image/svg+xml", "<svg/>"u8.ToArray()),
        new ToolAttachment("sample://captures/1", "application/vnd.tcpdump.pcap", new byte[] { 1, 2, 3 }),
    ]);
}

/// <summary>Stands for a connection to the made-up platform.</summary>
internal sealed class SampleClient(SampleConnector connector) : IAsyncDisposable
{
    public async Task<Echoed> WaitAsync(ToolContext context, CancellationToken cancellationToken)
    {
        context.Report(1, 2, "waiting");
        connector.Waiting.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            connector.Cancelled.TrySetResult();
            throw;
        }

        return new Echoed("never", 0);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Text to echo.</summary>
internal sealed record Echo([Description("What to say."), StringLength(100)] string Text, [Description("How often."), Range(1, 9)] int Times = 1);

/// <summary>Names a host.</summary>
internal sealed record HostRef([Description("Its id."), Range(1, 1000)] long HostId);

/// <summary>What came back.</summary>
internal sealed record Echoed(string Text, int Times);

/// <summary>There is nothing to configure.</summary>
internal sealed record SampleSettings;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Echo))]
[JsonSerializable(typeof(Echoed))]
[JsonSerializable(typeof(HostRef))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(SampleSettings))]
internal sealed partial class PlatformJson : JsonSerializerContext;
