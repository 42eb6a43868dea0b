using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Sallyport.Simulator.Vectra.Pages;

/// <summary>Reads the parameters that this API knows; all others are ignored, as it does.</summary>
internal sealed class ListQuery(HttpContext http)
{
    private const int DefaultPageSize = 50;
    private const int LargestPageSize = 5000;

    public HttpContext Http => http;

    /// <summary>What is wrong with a value, when something is.</summary>
    public string? Error { get; private set; }

    /// <summary>From 1; 0 when it is not a page number.</summary>
    public int Page => Text("page") is not { } text ? 1 : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 0;

    public int PageSize => int.TryParse(Text("page_size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
        ? Math.Min(size, LargestPageSize) : DefaultPageSize;

    public string? Text(string name) => http.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A list with commas between, or the parameter repeated.</summary>
    public string[]? Words(string name) => Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public long? Number(string name) => Text(name) is not { } text ? null
        : long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : Bad<long>(name, "Enter a whole number.");

    public HashSet<long>? Numbers(string name)
    {
        if (Words(name) is not { } words)
            return null;
        var numbers = new HashSet<long>();
        foreach (var word in words)
        {
            if (long.TryParse(word, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
            else
                Bad<long>(name, "Enter whole numbers with commas between.");
        }
        return numbers;
    }

    public bool? Flag(string name) => Text(name) is not { } text ? null
        : bool.TryParse(text, out var flag) ? flag : text is "1" or "0" ? text == "1" : Bad<bool>(name, "Must be a valid boolean.");

    public DateTimeOffset? Time(string name) => Text(name) is not { } text ? null
        : VectraTime.TryRead(text, out var time) ? time : Bad<DateTimeOffset>(name, "Enter a valid date/time.");

    private T? Bad<T>(string name, string reason)
        where T : struct
    {
        Error ??= $"{name}: {reason}";
        return null;
    }
}
