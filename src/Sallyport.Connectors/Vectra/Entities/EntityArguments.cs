using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Vectra.Entities;

/// <summary>Asks for hosts and accounts.</summary>
internal sealed record ListEntities(
    [Description("Only hosts or only accounts; left out: both."), NullMatters, AllowedValues("host", "account")] string? EntityType = null,
    [Description("active has active detections, inactive has none."), AllowedValues("active", "inactive")] string State = "active",
    [Description("A minus sign turns the direction around.")]
    [AllowedValues(
        "urgency_score", "-urgency_score", "last_detection_timestamp", "-last_detection_timestamp",
        "last_modified_timestamp", "-last_modified_timestamp", "name", "-name")] string Ordering = "urgency_score",
    [Description("Part of the name."), NullMatters, StringLength(256, MinimumLength = 1)] string? Name = null,
    [Description("Only the host that has this address now; the pages fetched are searched."), NullMatters, Format(TextFormat.IpAddress)] string? HostIp = null,
    [Description("true: only prioritized ones; false: only the others; left out: all."), NullMatters] bool? IsPrioritized = null,
    [Description("Only with this tag."), NullMatters, StringLength(256, MinimumLength = 1)] string? Tags = null,
    [Description("How many to return."), Range(1, 5000)] int Limit = 1000);
