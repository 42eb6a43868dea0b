using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;

namespace Sallyport.Gateway.Investigations;

/// <summary>What every investigation's arguments say alike.</summary>
internal static class Say
{
    public const string Detail = "brief for an overview, full for everything the platforms tell.";
    public const string Seconds = "Time for all platforms together; one that needs longer is reported as timed_out.";
    public const string Tokens = "Most tokens of the answer; the rest follows by cursor.";
    public const int DefaultSeconds = 30;
}

/// <summary>What every investigation takes.</summary>
internal interface IAsked
{
    Detail Detail { get; }

    int Seconds { get; }

    int? MaxTokens { get; }
}

/// <summary>One host, by exactly one of the things it is known by.</summary>
internal sealed record ProfileHost(
    [Description("Host name, with or without domain."), StringLength(255, MinimumLength = 1)] string? Name = null,
    [Description("Address; also say when, because hosts change addresses."), Format(TextFormat.IpAddress)] string? Ip = null,
    [Description("Hardware address."), RegularExpression("^[0-9A-Fa-f]{2}([:-]?[0-9A-Fa-f]{2}){5}$"), StringLength(17)] string? Mac = null,
    [Description("A platform's own id of it."), StringLength(128, MinimumLength = 1)] string? Id = null,
    [Description("When the address was its own; now when left out."), Format(TextFormat.DateTime)] string? At = null,
    [Description("How many days of alerts."), Range(1, 90)] int Days = 14,
    [Description(Say.Detail)] Detail Detail = Detail.Standard,
    [Description(Say.Seconds), Range(1, 120)] int Seconds = Say.DefaultSeconds,
    [Description(Say.Tokens), Range(500, 50_000)] int? MaxTokens = null) : IAsked;

/// <summary>One user.</summary>
internal sealed record ProfileUser(
    [Description("User principal name, mail address or account name."), StringLength(255, MinimumLength = 1)] string User,
    [Description("How many days of alerts."), Range(1, 90)] int Days = 14,
    [Description(Say.Detail)] Detail Detail = Detail.Standard,
    [Description(Say.Seconds), Range(1, 120)] int Seconds = Say.DefaultSeconds,
    [Description(Say.Tokens), Range(500, 50_000)] int? MaxTokens = null) : IAsked;

/// <summary>Which alerts wait.</summary>
internal sealed record QueueAlerts(
    [Description("How far back."), Range(1, 720)] int Hours = 72,
    [Description("Least severity."), AllowedValues("informational", "low", "medium", "high", "critical")] string MinSeverity = "medium",
    [Description("false also lists what is resolved or suppressed.")] bool OnlyOpen = true,
    [Description(Say.Detail)] Detail Detail = Detail.Brief,
    [Description(Say.Seconds), Range(1, 120)] int Seconds = Say.DefaultSeconds,
    [Description(Say.Tokens), Range(500, 50_000)] int? MaxTokens = null) : IAsked;

/// <summary>What to look for.</summary>
internal sealed record SweepIndicator(
    [Description("Address, domain, URL, SHA-1, SHA-256, file name, mail address or CVE."), StringLength(2048, MinimumLength = 2)] string Indicator,
    [Description("How many days back."), Range(1, 90)] int Days = 30,
    [Description(Say.Detail)] Detail Detail = Detail.Brief,
    [Description(Say.Seconds), Range(1, 120)] int Seconds = Say.DefaultSeconds,
    [Description(Say.Tokens), Range(500, 50_000)] int? MaxTokens = null) : IAsked;

/// <summary>Around what to look.</summary>
internal sealed record ShowTimeline(
    [Description("Incident id, best with its platform in front, e.g. defender:2972395."), StringLength(128, MinimumLength = 1)] string? Incident = null,
    [Description("Host name."), StringLength(255, MinimumLength = 1)] string? Host = null,
    [Description("User principal name or account name."), StringLength(255, MinimumLength = 1)] string? User = null,
    [Description("From here; a day before the incident when left out."), Format(TextFormat.DateTime)] string? Since = null,
    [Description("Until here; a day after the incident when left out."), Format(TextFormat.DateTime)] string? Until = null,
    [Description("Timeline and entity graph as SVG."), AllowedValues("light", "dark", "both", "none")] string Pictures = "light",
    [Description(Say.Detail)] Detail Detail = Detail.Standard,
    [Description(Say.Seconds), Range(1, 120)] int Seconds = Say.DefaultSeconds,
    [Description(Say.Tokens), Range(500, 50_000)] int? MaxTokens = null) : IAsked;

/// <summary>Which exposures.</summary>
internal sealed record QueueExposures(
    [Description("Only on this host."), StringLength(255, MinimumLength = 1)] string? Host = null,
    [Description("Only this CVE."), StringLength(50, MinimumLength = 1)] string? Cve = null,
    [Description("Least severity."), AllowedValues("informational", "low", "medium", "high", "critical")] string MinSeverity = "high",
    [Description(Say.Detail)] Detail Detail = Detail.Brief,
    [Description(Say.Seconds), Range(1, 120)] int Seconds = Say.DefaultSeconds,
    [Description(Say.Tokens), Range(500, 50_000)] int? MaxTokens = null) : IAsked;

/// <summary>What counts as a gap.</summary>
internal sealed record FindGaps(
    [Description("An agent not heard of for this many days is silent."), Range(1, 365)] int SilentDays = 14,
    [Description("Hosts without an agent count when the network saw them within this many days."), Range(1, 90)] int SeenWithinDays = 7,
    [Description(Say.Detail)] Detail Detail = Detail.Brief,
    [Description(Say.Seconds), Range(1, 120)] int Seconds = Say.DefaultSeconds,
    [Description(Say.Tokens), Range(500, 50_000)] int? MaxTokens = null) : IAsked;

/// <summary>The arguments of all investigations.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ProfileHost))]
[JsonSerializable(typeof(ProfileUser))]
[JsonSerializable(typeof(QueueAlerts))]
[JsonSerializable(typeof(SweepIndicator))]
[JsonSerializable(typeof(ShowTimeline))]
[JsonSerializable(typeof(QueueExposures))]
[JsonSerializable(typeof(FindGaps))]
internal sealed partial class InvestigationJson : JsonSerializerContext;
