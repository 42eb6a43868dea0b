using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sallyport.Configuration.Loading;
using Sallyport.Core;
using Sallyport.Core.Schemas;

namespace Sallyport.Configuration;

/// <summary>The settings in force, one line each, with where each came from and every secret as three stars.</summary>
internal sealed class SettingsView
{
    private const string SecretShown = "\"***\"";

    private readonly List<ShownSetting> _settings = [];
    private readonly IReadOnlyDictionary<string, Origin> _origins;

    public SettingsView(ReadOnlyMemory<byte> json, SchemaNode schema, IReadOnlyDictionary<string, Origin> origins)
    {
        _origins = origins;
        using var document = JsonDocument.Parse(json);
        Members(document.RootElement, schema, "");
    }

    public IReadOnlyList<ShownSetting> Settings => _settings;

    /// <summary>Tells whether a value changed, also a secret one, without keeping it.</summary>
    public static string FingerprintOf(string json) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(json)));

    /// <summary>The same as a JSON array, for scripts and for GET /config.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var setting in _settings)
            {
                json.WriteStartObject();
                json.WriteString("path", setting.Path);
                json.WritePropertyName("value");
                json.WriteRawValue(setting.Value);
                json.WriteString("from", setting.From.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Value(JsonElement value, SchemaNode schema, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Members(value, schema, path);
                break;
            case JsonValueKind.Array when value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object):
                var index = 0;
                foreach (var item in value.EnumerateArray())
                    Value(item, schema.Items ?? new SchemaNode(), SettingsPath.Item(path, index++));
                break;
            default:
                var isSecret = schema.IsSecret || schema.Items?.IsSecret == true;
                _settings.Add(new ShownSetting(path, isSecret ? SecretShown : WithoutSecrets(value.GetRawText()), From(path)) { Fingerprint = FingerprintOf(value.GetRawText()) });
                break;
        }
    }

    private void Members(JsonElement map, SchemaNode schema, string path)
    {
        foreach (var (name, property) in schema.Properties)
        {
            var member = SettingsPath.Member(path, name);
            if (map.TryGetProperty(name, out var value))
                Value(value, property, member);
            else if (property.Default is { } byDefault)
                _settings.Add(new ShownSetting(member, byDefault, Origin.Default));
        }

        foreach (var other in map.EnumerateObject().Where(other => !schema.Properties.ContainsKey(other.Name)))
            Value(other.Value, schema.Unlisted ?? new SchemaNode(), SettingsPath.Member(path, other.Name));
    }

    private Origin From(string path) => _origins.GetValueOrDefault(path) ?? Origin.Default;

    /// <summary>A secret may also stand inside a value that is not one, such as an address with a password in it.</summary>
    private static string WithoutSecrets(string shown)
        => KnownSecrets.Redact(shown);
}

/// <summary>One setting as an operator sees it; the value is JSON; a secret is three stars.</summary>
internal sealed record ShownSetting(string Path, string Value, Origin From)
{
    /// <summary>Null for a default. Never shown.</summary>
    public string? Fingerprint { get; init; }
}
