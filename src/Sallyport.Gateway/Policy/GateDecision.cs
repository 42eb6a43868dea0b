namespace Sallyport.Gateway.Policy;

/// <summary>What a gate says about a call.</summary>
public abstract record GateDecision
{
    private GateDecision()
    {
    }

    public static GateDecision Allow { get; } = new Allowed(null);

    /// <param name="Claim">
    /// Taken by the pipeline once every gate has allowed the call: uses up a slot or an approval, at most once.
    /// Answers null when it was still there, else why not.
    /// </param>
    public sealed record Allowed(Func<CancellationToken, ValueTask<Refused?>>? Claim) : GateDecision;

    public sealed record Refused(string Code, string Message, string? Hint = null) : GateDecision
    {
        public TimeSpan? RetryAfter { get; init; }
    }

    /// <param name="Reason">Why a person must decide, for the person.</param>
    /// <param name="Approvers">How many different people must say yes.</param>
    public sealed record Held(string Reason, int Approvers) : GateDecision;
}
