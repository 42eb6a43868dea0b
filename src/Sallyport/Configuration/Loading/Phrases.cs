using Sallyport.Configuration.Sections;

namespace Sallyport.Configuration.Loading;

/// <summary>Says what is allowed in words where the schema only has a pattern or a type.</summary>
internal static class Phrases
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        [$"must match {Duration.Form}"] = "must be a span of time such as 500ms, 30s, 15m, 2h or 1d",
        [$"must match {Rate.Form}"] = "must be so many in so long, such as 60/60s or 1000/1h",
        [$"must match {Listen.Form}"] = "must be HOST:PORT with an address, localhost or * as host, such as 127.0.0.1:8765",
        ["must be a boolean"] = "must be true or false",
    };

    public static string For(string message) => Known.GetValueOrDefault(message) ?? message;
}
