using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Defender.Hunting;

/// <summary>A query in Kusto Query Language and the time it looks at.</summary>
internal sealed record RunHunt(
    [property: Description("Read-only KQL over the advanced hunting tables, at most 10,000 characters."), StringLength(10_000, MinimumLength = 1)] string Query,
    [property: Description("How far back to look: an ISO 8601 duration such as P1D, PT4H or P7D."), StringLength(32, MinimumLength = 2)] string Timespan = HuntWindow.Default,
    [property: Description("End of the time looked at, for continuing: metadata.next_before of the result before. Now when left out."), Format(TextFormat.DateTime)] string? Before = null);

/// <summary>A device and the time to look at.</summary>
internal sealed record DeviceTimeline(
    [property: Description("Device name, full DNS name, or Defender's 40-digit device id."), StringLength(255, MinimumLength = 1)] string Device,
    [property: Description(TimelineText.Window), StringLength(32, MinimumLength = 2)] string Timespan = TimelineText.DefaultWindow,
    [property: Description(TimelineText.Limit), Range(1, 1_000)] int Limit = TimelineText.DefaultLimit,
    [property: Description(TimelineText.Before), Format(TextFormat.DateTime)] string? Before = null);

/// <summary>A user and the time to look at.</summary>
internal sealed record UserTimeline(
    [property: Description("User principal name (alice@contoso.com), account name (alice) or SID."), StringLength(255, MinimumLength = 1)] string User,
    [property: Description(TimelineText.Window), StringLength(32, MinimumLength = 2)] string Timespan = TimelineText.DefaultWindow,
    [property: Description(TimelineText.Limit), Range(1, 1_000)] int Limit = TimelineText.DefaultLimit,
    [property: Description(TimelineText.Before), Format(TextFormat.DateTime)] string? Before = null);

/// <summary>A file and the time to look at.</summary>
internal sealed record FileTimeline(
    [property: Description("SHA-256, SHA-1 or file name."), StringLength(255, MinimumLength = 1)] string File,
    [property: Description(TimelineText.Window), StringLength(32, MinimumLength = 2)] string Timespan = TimelineText.DefaultWindow,
    [property: Description(TimelineText.Limit), Range(1, 1_000)] int Limit = TimelineText.DefaultLimit,
    [property: Description(TimelineText.Before), Format(TextFormat.DateTime)] string? Before = null);

/// <summary>An address and the time to look at.</summary>
internal sealed record IpTimeline(
    [property: Description("IPv4 or IPv6 address."), Format(TextFormat.IpAddress)] string Address,
    [property: Description(TimelineText.Window), StringLength(32, MinimumLength = 2)] string Timespan = TimelineText.DefaultWindow,
    [property: Description(TimelineText.Limit), Range(1, 1_000)] int Limit = TimelineText.DefaultLimit,
    [property: Description(TimelineText.Before), Format(TextFormat.DateTime)] string? Before = null);

/// <summary>A web address or domain and the time to look at.</summary>
internal sealed record UrlTimeline(
    [property: Description("URL, or a domain such as tunnel.example."), StringLength(2_048, MinimumLength = 3)] string Url,
    [property: Description(TimelineText.Window), StringLength(32, MinimumLength = 2)] string Timespan = TimelineText.DefaultWindow,
    [property: Description(TimelineText.Limit), Range(1, 1_000)] int Limit = TimelineText.DefaultLimit,
    [property: Description(TimelineText.Before), Format(TextFormat.DateTime)] string? Before = null);

/// <summary>What all timelines say about their arguments.</summary>
internal static class TimelineText
{
    public const string Window = "How far back to look: an ISO 8601 duration such as P1D or P30D.";
    public const string Limit = "How many events to return, newest first.";
    public const string Before = "Only events up to this time, for continuing: metadata.next_before of the result before.";
    public const string DefaultWindow = "P7D";
    public const int DefaultLimit = 100;
}
