using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sallyport.Connectors.Vectra.Entities;

/// <summary>The members of an account that can be asked for or left out. The platform answers an unknown one with nothing, so none is passed on.</summary>
[JsonConverter(typeof(AccountFieldConverter))]
internal enum AccountField
{
    Id,
    Url,
    AccountType,
    Assignment,
    AssociatedAccounts,
    Certainty,
    DataSource,
    DetectionSet,
    DetectionSummaries,
    LastDetectionTimestamp,
    Name,
    Note,
    NoteModifiedBy,
    NoteModifiedTimestamp,
    Notes,
    PastAssignments,
    PrivilegeCategory,
    PrivilegeLevel,
    ProbableHome,
    Sensors,
    Severity,
    State,
    Tags,
    Threat,
}

internal sealed class AccountFieldConverter() : JsonStringEnumConverter<AccountField>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
