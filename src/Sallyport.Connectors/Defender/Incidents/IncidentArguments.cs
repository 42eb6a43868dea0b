using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Defender.Incidents;

/// <summary>Names one incident.</summary>
internal sealed record IncidentRef(
    [property: Description("Incident id, a number as text."), RegularExpression(IncidentText.IdForm), StringLength(64, MinimumLength = 1)] string IncidentId);

/// <summary>Which incidents to list.</summary>
internal sealed record ListIncidents(
    [property: Description("Only incidents of this severity."), AllowedValues("High", "Medium", "Low", "Informational")] string? Severity = null,
    [property: Description("Only incidents in this state."), AllowedValues("Active", "InProgress", "Resolved", "Redirected")] string? Status = null,
    [property: Description("Only incidents of this analyst, by mail address."), StringLength(255, MinimumLength = 1)] string? AssignedTo = null,
    [property: Description("How many to return."), Range(1, 50)] int Limit = 25,
    [property: Description("Only incidents created at or after this time."), Format(TextFormat.DateTime)] string? Since = null,
    [property: Description("Only incidents created before this time, for going further back."), Format(TextFormat.DateTime)] string? Before = null);

/// <summary>What to change on one incident; what is left out stays.</summary>
internal sealed record UpdateIncident(
    [property: Description("Incident id, a number as text."), RegularExpression(IncidentText.IdForm), StringLength(64, MinimumLength = 1)] string IncidentId,
    [property: Description("New state."), AllowedValues("Active", "InProgress", "Resolved")] string? Status = null,
    [property: Description("Who works on it, by mail address."), StringLength(255, MinimumLength = 1)] string? AssignedTo = null,
    [property: Description("What it turned out to be."), AllowedValues("TruePositive", "FalsePositive", "InformationalExpectedActivity", "Unknown")] string? Classification = null,
    [property: Description("The reason for the classification."), AllowedValues(
        "Malware", "Phishing", "MultiStagedAttack", "CompromisedUser", "MaliciousUserActivity", "UnwantedSoftware", "SecurityTesting", "Clean",
        "InsufficientData", "ConfirmedUserActivity", "LineOfBusinessApplication", "Other")] string? Determination = null,
    [property: Description("All tags it shall have; replaces those it has."), UniqueItems, EachItem(MinLength = 1, MaxLength = 100)] IReadOnlyList<string>? Tags = null);

/// <summary>What all incident tools share.</summary>
internal static class IncidentText
{
    public const string IdForm = "^[A-Za-z0-9_-]{1,64}$";
}
