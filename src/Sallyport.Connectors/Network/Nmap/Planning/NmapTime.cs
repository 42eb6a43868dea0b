using Sallyport.Connectors.Network.Arguments;

namespace Sallyport.Connectors.Network.Nmap.Planning;

/// <summary>Spans of time as nmap writes them: a whole number with <c>ms</c>, <c>s</c>, <c>m</c> or <c>h</c>; bare numbers are seconds.</summary>
internal static class NmapTime
{
    public static bool TryParse(string text, out TimeSpan span)
    {
        var digits = text.AsSpan().TrimEnd("msh");
        var unit = text[digits.Length..] switch
        {
            "" or "s" => TimeSpan.FromSeconds(1),
            "ms" => TimeSpan.FromMilliseconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.Zero,
        };
        span = TimeSpan.Zero;
        if (unit == TimeSpan.Zero || digits.Length > 7 || !Digits.TryRead(digits, out var count))
            return false;
        span = unit * count;
        return true;
    }
}
