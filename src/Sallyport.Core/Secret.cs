using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sallyport.Core;

/// <summary>A password, key or token. It prints as three stars and is read once, at the edge of the client that needs it.</summary>
[JsonConverter(typeof(SecretJsonConverter))]
public sealed class Secret
{
    private readonly string _value;

    /// <summary>A secret of the settings, which is looked for in whatever leaves the process as long as it runs.</summary>
    public Secret(string value)
        : this(value, isLasting: true)
    {
    }

    private Secret(string value, bool isLasting)
    {
        _value = value;
        KnownSecrets.Add(value, isLasting);
    }

    public bool IsEmpty => _value.Length == 0;

    /// <summary>A secret that came with a request. However many come, they cannot push out those of the settings.</summary>
    public static Secret OfRequest(string value) => new(value, isLasting: false);

    /// <summary>Tells the redactor a value that was derived from a secret, such as an access token or a Basic header.</summary>
    public static void Remember(string value) => KnownSecrets.Add(value, isLasting: false);

    public string Reveal() => _value;

    public override string ToString() => "***";
}

/// <summary>Reads a secret from settings, and writes three stars wherever settings are shown.</summary>
public sealed class SecretJsonConverter : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.ToString());
}
