using Sallyport.Core;
using Sallyport.Core.Settings;
using Sallyport.Core.Tools;

namespace Sallyport.Gateway.Pipeline;

/// <summary>Where the gate's own tools come from. There is nothing to configure and nothing to reach.</summary>
public sealed class GateConnector : IConnector
{
    private GateConnector()
    {
    }

    public static GateConnector Instance { get; } = new();

    public string Id => "gate";

    public string Title => "Sallyport";

    public IReadOnlyList<Tool> Tools => [];

    public SettingsType Settings { get; } = SettingsType.Of(static () => GateArgumentJson.Default.Nothing);

    public IAsyncDisposable Connect(object settings, UpstreamContext context) => throw new NotSupportedException("The gate reaches no platform of its own.");

    public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken) => Task.CompletedTask;
}
