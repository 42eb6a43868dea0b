using System.Text.Json;
using Sallyport.Core.Pictures;

namespace Sallyport.Connectors.Vectra.Graph;

/// <summary>Something that a detection was aimed at.</summary>
internal readonly record struct Target(string Type, string Name);

/// <summary>Finds what a detection was aimed at, in its summary and its single events.</summary>
internal static class DetectionTargets
{
    private static readonly (string Member, string Type)[] Known =
    [
        ("dst_ips", "ip"), ("dst_ip", "ip"), ("target_domains", "domain"), ("dst_hosts", "host"), ("destination_emails", "email"),
        ("shares", "share"), ("src_external_host", "external host"), ("event_name", "operation"),
    ];

    public static IReadOnlyList<Target> Of(JsonElement detection)
    {
        var found = new List<Target>();
        foreach (var part in Parts(detection))
        {
            foreach (var (member, type) in Known)
                found.AddRange(Texts(part, member).Select(text => new Target(type, text)));
            if (Texts(part, "aws_account_id").FirstOrDefault() is { } account)
                found.Add(new Target("aws account", string.Join(' ', Texts(part, "aws_region").Take(1).Prepend(account))));
        }

        return [.. found.Distinct()];
    }

    public static IReadOnlyList<string> Ports(JsonElement detection)
        => [.. Parts(detection).SelectMany(static part => Texts(part, "dst_ports").Concat(Texts(part, "dst_port"))).Distinct().Take(16)];

    private static IEnumerable<JsonElement> Parts(JsonElement detection)
    {
        if (detection.TryGetProperty("summary", out var summary) && summary.ValueKind == JsonValueKind.Object)
            yield return summary;
        if (!detection.TryGetProperty("grouped_details", out var groups) || groups.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (var group in groups.EnumerateArray())
        {
            if (group.ValueKind == JsonValueKind.Object)
                yield return group;
        }
    }

    /// <summary>One text or number, or a list of them, or of objects that have a name.</summary>
    private static IEnumerable<string> Texts(JsonElement part, string member)
    {
        if (!part.TryGetProperty(member, out var value))
            return [];
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(Text).OfType<string>() : Text(value) is { } one ? [one] : [];
    }

    private static string? Text(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
            value = value.TryGetProperty("name", out var name) ? name : default;
        var text = value.ValueKind switch
        {
            JsonValueKind.String => PictureText.Clean(value.GetString(), 120),
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };
        return text.Length == 0 ? null : text;
    }
}
