using Sallyport.Connectors.DefectDojo;
using Sallyport.Connectors.Defender;
using Sallyport.Connectors.Eset;
using Sallyport.Connectors.Network;
using Sallyport.Connectors.Vectra;
using Sallyport.Core;

namespace Sallyport.Connectors;

/// <summary>Every platform this build speaks to: one line each.</summary>
public static class BuiltInConnectors
{
    public static IReadOnlyList<IConnector> All { get; } =
    [
        new DefectDojoConnector(),
        new DefenderConnector(),
        new EsetConnector(),
        new NetworkConnector(),
        new VectraConnector(),
    ];
}
