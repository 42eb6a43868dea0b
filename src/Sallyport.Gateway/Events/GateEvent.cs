using System.Text.Json.Serialization;
using Sallyport.Gateway.Identity;

namespace Sallyport.Gateway.Events;

/// <summary>Something that happened at the gate, for those who watch. It never holds arguments, results or secrets.</summary>
public sealed record GateEvent([property: JsonIgnore] GateEventKind Kind, DateTimeOffset Time)
{
    /// <summary>Counts up from the start of the program.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>Null when it is about no tenant, or about all of them.</summary>
    public string? Tenant { get; init; }

    /// <summary>Only administrators of everything may see it.</summary>
    [JsonIgnore]
    public bool IsForAdministrators { get; init; }

    public string? Phase { get; init; }

    public string? CallId { get; init; }

    public string? Tool { get; init; }

    public string? Access { get; init; }

    public string? Caller { get; init; }

    public string? Outcome { get; init; }

    public string? Code { get; init; }

    public string? Gate { get; init; }

    public long? DurationMs { get; init; }

    public string? Approval { get; init; }

    /// <summary>Handle of a background scan.</summary>
    public string? ScanId { get; init; }

    public double? Done { get; init; }

    public double? Total { get; init; }

    /// <summary>Who decided.</summary>
    public string? By { get; init; }

    public string? Upstream { get; init; }

    /// <summary>Name of a health check.</summary>
    public string? Check { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? Reason { get; init; }

    /// <summary>Names of settings, never their values.</summary>
    public IReadOnlyList<string>? Settings { get; init; }

    /// <summary>Names of changed settings that wait for the next start.</summary>
    public IReadOnlyList<string>? PendingRestart { get; init; }

    /// <summary>Callers see what is about their own tenants; what is about no tenant they see when they caused it, or when everybody may.</summary>
    public bool IsVisibleTo(Caller caller, bool isAdministrator) => Tenant is { } tenant
        ? caller.IsGranted(tenant)
        : Kind switch
        {
            _ when isAdministrator && caller.IsGranted(GateEvents.AllTenants) => true,
            GateEventKind.Call or GateEventKind.Hold => Caller == caller.Subject,
            _ => !IsForAdministrators,
        };
}

/// <summary>What an event is about; the lower-case word is its name on the wire.</summary>
public enum GateEventKind
{
    Call,
    Hold,
    Breaker,
    Health,
    Tool,
    Config,
    Scan,
}

/// <summary>Writes events without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GateEvent))]
public sealed partial class GateEventJson : JsonSerializerContext;
