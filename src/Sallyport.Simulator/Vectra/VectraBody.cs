using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Sallyport.Simulator.Vectra;

/// <summary>What a write carries, as JSON or as a form; both are taken everywhere.</summary>
internal sealed class VectraBody
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);

    /// <summary>Null when it is not a JSON object and not a form.</summary>
    public static async Task<VectraBody?> ReadAsync(HttpContext http)
    {
        var body = new VectraBody();
        if (http.Request.HasFormContentType)
        {
            foreach (var (name, value) in await http.Request.ReadFormAsync(http.RequestAborted))
                body._members[name] = JsonElement.Parse($"\"{JsonEncodedText.Encode(value.ToString())}\"");
            return body;
        }
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            foreach (var member in document.RootElement.EnumerateObject())
                body._members[member.Name] = member.Value.Clone();
            return body;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string? Text(string name)
        => _members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A number, or digits in a string.</summary>
    public long? Number(string name) => _members.TryGetValue(name, out var value) ? Number(value) : null;

    /// <summary>A list of numbers, every one of them; null when there is none or one is not a number.</summary>
    public long[]? Numbers(string name)
    {
        if (!_members.TryGetValue(name, out var value) || value.ValueKind != JsonValueKind.Array)
            return null;
        var numbers = value.EnumerateArray().Select(Number).ToList();
        return numbers.TrueForAll(static number => number is not null) ? [.. numbers.Select(static number => number!.Value)] : null;
    }

    /// <summary>A boolean, or the words True and False, which known clients send.</summary>
    public bool? Flag(string name) => !_members.TryGetValue(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(value.GetString(), out var flag) => flag,
        _ => null,
    };

    private static long? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
