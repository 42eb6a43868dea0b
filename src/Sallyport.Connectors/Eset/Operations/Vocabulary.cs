using System.ComponentModel.DataAnnotations;

namespace Sallyport.Connectors.Eset.Operations;

/// <summary>How well a device's protection works, in ESET's words.</summary>
internal sealed class FunctionalityStatusAttribute() : AllowedValuesAttribute(
    "DEVICE_FUNCTIONALITY_STATUS_UNSPECIFIED", "DEVICE_FUNCTIONALITY_STATUS_OK",
    "DEVICE_FUNCTIONALITY_STATUS_ATTENTION_RECOMMENDED", "DEVICE_FUNCTIONALITY_STATUS_ATTENTION_REQUIRED");

/// <summary>Who can hold a role, in ESET's words.</summary>
internal sealed class SubjectTypeAttribute() : AllowedValuesAttribute(
    "SUBJECT_TYPE_UNSPECIFIED", "SUBJECT_TYPE_USER", "SUBJECT_TYPE_DEVICE", "SUBJECT_TYPE_USER_GROUP",
    "SUBJECT_TYPE_MANAGED_IDENTITY", "SUBJECT_TYPE_SERVICE");

/// <summary>How bad a detection is, in ESET's words.</summary>
internal sealed class SeverityLevelAttribute() : AllowedValuesAttribute(
    "SEVERITY_LEVEL_UNSPECIFIED", "SEVERITY_LEVEL_DIAGNOSTIC", "SEVERITY_LEVEL_INFORMATIONAL",
    "SEVERITY_LEVEL_LOW", "SEVERITY_LEVEL_MEDIUM", "SEVERITY_LEVEL_HIGH");

/// <summary>Where a quarantined object came from, in ESET's words.</summary>
internal sealed class ObjectOriginAttribute() : AllowedValuesAttribute(
    "OBJECT_ORIGIN_UNSPECIFIED", "OBJECT_ORIGIN_MS_OFFICE365", "OBJECT_ORIGIN_GOOGLE_WORKSPACE", "OBJECT_ORIGIN_DEVICE");

/// <summary>What kind of thing was quarantined, in ESET's words.</summary>
internal sealed class QuarantinedTypeAttribute() : AllowedValuesAttribute(
    "QUARANTINED_OBJECT_TYPE_UNSPECIFIED", "QUARANTINED_OBJECT_TYPE_EMAIL_MESSAGE",
    "QUARANTINED_OBJECT_TYPE_EMAIL_ATTACHMENT", "QUARANTINED_OBJECT_TYPE_FILE_ON_DRIVE");

/// <summary>Why an object was quarantined, in ESET's words.</summary>
internal sealed class QuarantineReasonAttribute() : AllowedValuesAttribute(
    "QUARANTINE_REASON_UNSPECIFIED", "QUARANTINE_REASON_MALWARE", "QUARANTINE_REASON_GRAYWARE", "QUARANTINE_REASON_PHISHING",
    "QUARANTINE_REASON_SPAM", "QUARANTINE_REASON_SENDER_SPOOFING", "QUARANTINE_REASON_RULE");
