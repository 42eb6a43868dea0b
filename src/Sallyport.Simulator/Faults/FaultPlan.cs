using Sallyport.Simulator.World;

namespace Sallyport.Simulator.Faults;

/// <summary>What goes wrong on one platform: switches with a rate, and scripts for the next requests to a path.</summary>
/// <remarks>
/// A script that fits is used up first and then alone; switches are drawn by seed and request number, so that a run repeats.
/// Safe to change while requests run.
/// </remarks>
public sealed class FaultPlan(int seed)
{
    private readonly Lock _gate = new();
    private readonly List<FaultScript> _scripts = [];
    private readonly double[] _rates = new double[Enum.GetValues<Fault>().Length];

    /// <summary>Switches a fault on for this share of requests, from 0 (off) to 1 (all).</summary>
    public void Set(Fault fault, double rate = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 1);
        Volatile.Write(ref _rates[(int)fault], rate);
    }

    public double RateOf(Fault fault) => Volatile.Read(ref _rates[(int)fault]);

    /// <summary>
    /// Lets <paramref name="skip"/> requests to paths that start so through, then applies the step to the next <paramref name="times"/>.
    /// </summary>
    /// <param name="method">Only requests with this method count, when given.</param>
    /// <returns>The script, which tells how often it was applied.</returns>
    public FaultScript Script(string pathPrefix, FaultStep step, int times = 1, int skip = 0, string? method = null)
    {
        var script = new FaultScript(pathPrefix, step, times, skip, method);
        lock (_gate)
            _scripts.Add(script);
        return script;
    }

    /// <summary>Switches everything off and forgets all scripts.</summary>
    public void Clear()
    {
        lock (_gate)
            _scripts.Clear();
        foreach (var fault in Enum.GetValues<Fault>())
            Set(fault, 0);
    }

    /// <summary>The steps that this request meets, in the order in which they apply.</summary>
    internal IReadOnlyList<(string Name, FaultStep Step)> Decide(long requestNumber, string method, string path)
    {
        lock (_gate)
        {
            foreach (var script in _scripts)
            {
                if (script.Takes(method, path))
                    return [("script", script.Step)];
            }
        }
        List<(string, FaultStep)>? steps = null;
        foreach (var fault in Enum.GetValues<Fault>())
        {
            var rate = RateOf(fault);
            if (rate > 0 && FaultStep.Of(fault) is { } step && Draw(fault, requestNumber).Chance(rate))
                (steps ??= []).Add((FaultSwitch.NameOf(fault), step));
        }
        return steps is null ? [] : steps;
    }

    private Dice Draw(Fault fault, long requestNumber) => new(seed, Purpose.Fault, (requestNumber * 16) + (int)fault);
}
