using System.Globalization;

namespace Sallyport.Simulator.Faults;

/// <summary>One fault and the share of requests that meet it, as written on the command line: <c>throttled:0.2</c>.</summary>
public sealed record FaultSwitch(Fault Fault, double Rate = 1)
{
    private static readonly (string Name, Fault Fault)[] Known =
    [
        ("slow", Fault.Slow), ("throttled", Fault.Throttled), ("server_error", Fault.ServerError), ("expired_token", Fault.ExpiredToken),
        ("rejected_token", Fault.RejectedToken), ("malformed", Fault.Malformed), ("huge", Fault.Huge), ("truncated", Fault.Truncated),
        ("hostile_text", Fault.HostileText), ("connection_reset", Fault.ConnectionReset),
    ];

    /// <summary>The names that <see cref="TryParse"/> knows.</summary>
    public static IEnumerable<string> Names => Known.Select(static known => known.Name);

    public string Name => NameOf(Fault);

    public static string NameOf(Fault fault) => Known.First(known => known.Fault == fault).Name;

    /// <summary>Reads <c>NAME</c> or <c>NAME:RATE</c>; when it cannot, <paramref name="error"/> says why in one sentence.</summary>
    public static bool TryParse(string text, out FaultSwitch? result, out string? error)
    {
        result = null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? text : text[..colon];
        var rate = 1.0;
        if (!Known.Any(known => known.Name == name))
        {
            error = $"There is no fault '{name}'; there are {string.Join(", ", Names)}.";
            return false;
        }
        if (colon >= 0 && !(double.TryParse(text[(colon + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out rate) && rate is >= 0 and <= 1))
        {
            error = $"The rate of '{name}' must be a number from 0 to 1, as in {name}:0.2.";
            return false;
        }
        error = null;
        result = new(Known.First(known => known.Name == name).Fault, rate);
        return true;
    }
}
