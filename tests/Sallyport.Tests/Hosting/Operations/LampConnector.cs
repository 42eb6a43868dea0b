using System.Text.Json.Serialization;
using Sallyport.Core;
using Sallyport.Core.Processes;
using Sallyport.Core.Settings;
using Sallyport.Core.Tools;

namespace Sallyport.Tests.Hosting.Operations;

/// <summary>A platform whose tools say which settings they work with, so that a change of settings can be seen.</summary>
internal sealed class LampConnector : IConnector
{
    /// <summary>Completes once a call of lamp_light_hold runs.</summary>
    public TaskCompletionSource Holding { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets calls of lamp_light_hold end.</summary>
    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Clients as they came (+) and went (-), by label.</summary>
    public List<string> Clients { get; } = [];

    public IEnumerable<string> Closed => Clients.Where(change => change[0] == '-').Select(change => change[1..]);

    public bool WorksBetweenCalls { get; set; }

    public bool IsBroken { get; set; }

    public bool RefusesUs { get; set; }

    public int Probes { get; private set; }

    public string Id => "lamp";

    public string Title => "Lamp";

    public IReadOnlyList<Tool> Tools { get; } =
    [
        Tool.Read(
            "lamp_light_read", "Says what the lamp is called.", static () => LampJson.Default.Nothing, static () => LampJson.Default.Light,
            static (LampClient lamp, Nothing _, CancellationToken _) => Task.FromResult(lamp.Read())) with { Alias = "LampTool" },
        Tool.Read(
            "lamp_light_hold", "Says it later.", static () => LampJson.Default.Nothing, static () => LampJson.Default.Light,
            static (LampClient lamp, Nothing _, CancellationToken token) => lamp.HoldAsync(token)),
    ];

    public ToolRuns? RunsOf(Tool tool, object settings) => tool.Name == "lamp_light_hold"
        ? new ToolRuns(2, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60)) { Program = new ProcessLimits(), Templates = ["dim"], AllowsIntrusive = ((LampSettings)settings).Bright }
        : null;

    public SettingsType Settings { get; } = SettingsType.Of(static () => LampJson.Default.LampSettings);

    public object UntilRestart(object running, object changed, Action<string> pending)
    {
        if (changed is not LampSettings { Bright: true } || running is not LampSettings { Bright: false })
            return changed;
        pending("bright");
        return (LampSettings)changed with { Bright = false };
    }

    public IAsyncDisposable Connect(object settings, UpstreamContext context)
    {
        Clients.Add($"+{((LampSettings)settings).Label}");
        return new LampClient(this, (LampSettings)settings);
    }

    public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken)
    {
        Probes++;
        if (RefusesUs)
            throw new UpstreamException(UpstreamFailure.Auth, "The lamp does not know us.");
        return IsBroken ? throw new UpstreamException(UpstreamFailure.Unavailable, "The lamp is away.") : Task.CompletedTask;
    }
}

/// <summary>One lamp as one tenant reaches it.</summary>
internal sealed class LampClient(LampConnector connector, LampSettings settings) : IAsyncDisposable
{
    public Light Read() => connector.IsBroken
        ? throw new UpstreamException(UpstreamFailure.Unavailable, "The lamp is away.")
        : new Light(settings.Label, settings.Bright);

    public async Task<Light> HoldAsync(CancellationToken cancellationToken)
    {
        connector.Holding.TrySetResult();
        await connector.Release.Task.WaitAsync(cancellationToken);
        Assert.DoesNotContain(settings.Label, connector.Closed);
        return Read();
    }

    public ValueTask DisposeAsync()
    {
        connector.Clients.Add($"-{settings.Label}");
        return ValueTask.CompletedTask;
    }
}

/// <summary>What an operator says about a lamp.</summary>
internal sealed record LampSettings(string Label, bool Bright = false, Secret? Key = null);

/// <summary>What a lamp says.</summary>
internal sealed record Light(string Label, bool Bright);

/// <summary>The wire types of a lamp.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(Light))]
[JsonSerializable(typeof(LampSettings))]
internal sealed partial class LampJson : JsonSerializerContext;
