using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sallyport.Core;

/// <summary>A password, key or token. It prints as three stars and is read once, at the edge of the client that needs it.</summary>
[JsonConverter(typeof(SecretJsonConverter))]
public sealed class Secret
{
    private static readonly ConcurrentDictionary<string, byte> Known = new(StringComparer.Ordinal);

    private readonly string _value;

    public Secret(string value)
    {
        _value = value;
        Remember(value);
    }

    /// <summary>Every secret this process has seen, longest first, so that a redactor can find them by value.</summary>
    public static IEnumerable<string> KnownValues => Known.Keys.OrderByDescending(value => value.Length);

    public bool IsEmpty => _value.Length == 0;

    /// <summary>Tells the redactor a value that was derived from a secret, such as an access token or a Basic header.</summary>
    public static void Remember(string value)
    {
        if (value.Length >= ShortestRedacted)
            Known.TryAdd(value, 0);
    }

    public static void Forget(string value) => Known.TryRemove(value, out _);

    public string Reveal() => _value;

    public override string ToString() => "***";

    private const int ShortestRedacted = 6;
}

/// <summary>Reads a secret from settings, and writes three stars wherever settings are shown.</summary>
public sealed class SecretJsonConverter : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.ToString());
}
