namespace Sallyport.Core.Tools;

/// <summary>Puts a caller's value into a URL path so that it stays one segment.</summary>
public static class PathSegment
{
    /// <summary>Percent-encodes <paramref name="value"/>; refuses the empty, <c>.</c> and <c>..</c> segments, which no escaping stops.</summary>
    public static string Escape(string name, string value) => value is "" or "." or ".."
        ? throw new InvalidArgumentsException($"{name}: must be an id, not empty and not '.' or '..'.")
        : Uri.EscapeDataString(value);
}
