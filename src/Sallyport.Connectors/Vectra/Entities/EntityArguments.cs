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

/// <summary>Asks for hosts and accounts by name.</summary>
internal sealed record FindEntities(
    [Description("Part of the name, without white space."), StringLength(256, MinimumLength = 1), RegularExpression(@"^\S+$")] string EntityName);

/// <summary>Asks for the host behind an address.</summary>
internal sealed record FindHost([Description("IPv4 or IPv6 address."), Format(TextFormat.IpAddress)] string HostIp);

/// <summary>Names one host.</summary>
internal sealed record HostRef([Description("Id of the host."), Range(1, int.MaxValue)] long HostId);

/// <summary>Names one account and what to tell about it.</summary>
internal sealed record GetAccount(
    [Description("Id of the account."), Range(1, int.MaxValue)] long AccountId,
    [Description("Only these members."), NullMatters, UniqueItems] IReadOnlyList<AccountField>? Fields = null,
    [Description("All members but these."), NullMatters, UniqueItems] IReadOnlyList<AccountField>? ExcludeFields = null,
    [Description("Also what it signed in to.")] bool IncludeAccessHistory = false,
    [Description("Also its detections in short.")] bool IncludeDetectionSummaries = true,
    [Description("Also what external sources know.")] bool IncludeExternal = false,
    [Description("Only in connection with this linked account."), NullMatters, StringLength(256, MinimumLength = 1)] string? SrcLinkedAccount = null);
