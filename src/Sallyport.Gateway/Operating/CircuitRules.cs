using Sallyport.Core.Resilience;

namespace Sallyport.Gateway.Operating;

/// <summary>What the operator says about circuits. What is left out is as each tool says itself.</summary>
/// <param name="FailureThreshold">Failures in a row that open a circuit.</param>
/// <param name="Recovery">First waiting time.</param>
public sealed record CircuitRules(int? FailureThreshold = null, TimeSpan? Recovery = null)
{
    /// <summary>Probes in a row that must succeed before a circuit closes.</summary>
    public int SuccessThreshold { get; init; } = 1;

    /// <summary>Rules for single upstreams, which go before the general ones.</summary>
    public IReadOnlyDictionary<string, CircuitRules> Upstreams { get; init; } = new Dictionary<string, CircuitRules>();

    /// <param name="own">What the tool says itself.</param>
    public CircuitOptions For(string upstream, CircuitOptions? own)
    {
        own ??= new CircuitOptions();
        var special = Upstreams.GetValueOrDefault(upstream);
        return own with
        {
            FailureThreshold = special?.FailureThreshold ?? FailureThreshold ?? own.FailureThreshold,
            Recovery = special?.Recovery ?? Recovery ?? own.Recovery,
            SuccessThreshold = SuccessThreshold,
        };
    }
}
