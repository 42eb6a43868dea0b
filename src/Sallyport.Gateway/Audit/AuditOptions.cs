using System.Text.Json.Serialization;
using Sallyport.Gateway.Audit.Forwarding;

namespace Sallyport.Gateway.Audit;

/// <summary>When a record must be on the disk, rather than only with the operating system, before the call goes on.</summary>
public enum AuditDurability
{
    /// <summary>For writes and approval decisions; everything else reaches the disk within 100 ms.</summary>
    [JsonStringEnumMemberName("writes")]
    Writes,

    /// <summary>For every record.</summary>
    [JsonStringEnumMemberName("all")]
    All,

    /// <summary>For none: every record reaches the disk within 100 ms.</summary>
    [JsonStringEnumMemberName("os")]
    Os,
}

/// <summary>Where the audit log is kept, what seals it and how hard it is held to the disk.</summary>
/// <param name="File">The log; `.chain` and `.lock` files are kept beside it. Created with mode 0600, as is a missing folder with 0700.</param>
/// <param name="Key">Seals the chain. Without one a random key lives as long as the process, and nobody can verify the chain later.</param>
/// <param name="Durability">What waits for the disk.</param>
/// <param name="Instance">Names this process in every record, for logs that are collected from several.</param>
public sealed record AuditOptions(string File, AuditKey? Key, AuditDurability Durability, string Instance)
{
    /// <summary>The key before this one, with which the chain that it sealed is checked before a new one follows it.</summary>
    public AuditKey? PreviousKey { get; init; }

    /// <summary>Who else gets the records.</summary>
    public AuditForwarding Forwarding { get; init; } = new([]);

    /// <summary>When the file is set aside and a new one begun.</summary>
    public AuditRotation Rotation { get; init; } = new();
}

/// <summary>How large and how old the file of a log may become; within 100 ms after that it is set aside, by its name and the time.</summary>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Age">Age of its first record; looked at when a record is written.</param>
public sealed record AuditRotation(long Bytes = long.MaxValue, TimeSpan? Age = null);
