using System.Text.Json;
using Sallyport.Simulator.Vectra.Pages;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Vectra.Detections;

/// <summary>What a detection rests on: the summary and the groups of single events.</summary>
internal static class DetectionEvidence
{
    private const int MostGroups = 4;
    private static readonly string[] Regions = ["eu-west-1", "eu-central-1", "us-east-1"];

    public static void WriteSummary(Utf8JsonWriter json, DetectionView detection)
    {
        var told = detection.Told;
        json.WriteStartObject();
        json.WriteString("description", told.Description);
        if (told.Remote is { } remote && detection.IsOfHost)
        {
            json.WriteNumber("bytes_sent", remote.BytesSent);
            json.WriteNumber("bytes_received", remote.BytesReceived);
            json.WriteNumber("num_sessions", remote.Sessions);
            if (detection.TargetName is { } target)
                Write(json, "dst_hosts", target);
            else
                Write(json, "target_domains", remote.Domain);
            Write(json, "dst_ips", detection.TargetAddress!);
            json.WriteStartArray("dst_ports");
            json.WriteNumberValue(remote.Port);
            json.WriteEndArray();
        }
        else if (told.Remote is { } source)
        {
            json.WriteNumber("num_events", source.Sessions);
            Write(json, "src_ips", source.Address);
        }
        json.WriteString("probable_owner", detection.Owner);
        json.WriteEndObject();
    }

    public static void WriteGroups(Utf8JsonWriter json, DetectionView detection)
    {
        var row = detection.Row;
        var groups = 1 + (row.Id % MostGroups);
        var step = (row.Last - row.First) / groups;
        json.WriteStartArray();
        for (var i = 0; i < groups; i++)
        {
            json.WriteStartObject();
            json.WriteString("first_timestamp", VectraTime.Text(row.First + (step * i)));
            json.WriteString("last_timestamp", VectraTime.Text(row.First + (step * (i + 1))));
            if (detection.IsOfHost)
                WriteConnection(json, detection, detection.Told.Remote!, groups);
            else
                WriteCloudEvent(json, detection, i);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteConnection(Utf8JsonWriter json, DetectionView detection, RemoteEnd remote, int groups)
    {
        Write(json, "dst_ips", detection.TargetAddress!);
        if (detection.TargetName is { } target)
            Write(json, "dst_hosts", target);
        else
            Write(json, "target_domains", remote.Domain);
        json.WriteString("protocol", remote.Protocol);
        json.WriteNumber("dst_port", remote.Port);
        json.WriteNumber("bytes_sent", remote.BytesSent / groups);
        json.WriteNumber("bytes_received", remote.BytesReceived / groups);
    }

    private static void WriteCloudEvent(Utf8JsonWriter json, DetectionView detection, int number)
    {
        var isAws = detection.Row.Kind.Name.StartsWith("AWS", StringComparison.Ordinal);
        json.WriteString("event_id", $"{detection.Told.Id:N}{number}");
        json.WriteString("event_name", isAws ? "ListAttachedUserPolicies" : "UserLoggedIn");
        json.WriteString("aws_account_id", isAws ? "123456789012" : null);
        json.WriteString("aws_region", isAws ? Regions[detection.Row.Id % Regions.Length] : null);
        json.WriteString("src_external_host", detection.Told.Remote?.Address);
        Write(json, "user_agent", "Mozilla/5.0 (X11; Linux x86_64)");
        json.WriteStartArray("role_sequence");
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, string onlyValue)
    {
        json.WritePropertyName(name);
        Field.WriteTexts(json, [onlyValue]);
    }
}
