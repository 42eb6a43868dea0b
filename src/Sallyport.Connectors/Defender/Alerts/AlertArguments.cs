using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Defender.Alerts;

/// <summary>Which alerts to list.</summary>
internal sealed record ListAlerts(
    [property: Description("Only alerts of this severity."), AllowedValues("High", "Medium", "Low", "Informational")] string? Severity = null,
    [property: Description("Only alerts in this state."), AllowedValues("New", "InProgress", "Resolved")] string? Status = null,
    [property: Description("How many to return."), Range(1, 100)] int Limit = 25,
    [property: Description("Only alerts created at or after this time."), Format(TextFormat.DateTime)] string? Since = null,
    [property: Description("Only alerts created before this time, for going further back."), Format(TextFormat.DateTime)] string? Before = null);

/// <summary>Names one alert.</summary>
internal sealed record AlertRef(
    [property: Description("Alert id from a list of alerts or an incident."), RegularExpression("^[A-Za-z0-9_-]{1,128}$"), StringLength(128, MinimumLength = 1)] string AlertId);
