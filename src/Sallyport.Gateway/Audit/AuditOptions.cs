namespace Sallyport.Gateway.Audit;

/// <summary>When a record must be on the disk, rather than only with the operating system, before the call goes on.</summary>
public enum AuditDurability
{
    /// <summary>For writes and approval decisions; everything else reaches the disk within 100 ms.</summary>
    Writes,

    /// <summary>For every record.</summary>
    All,

    /// <summary>For none: every record reaches the disk within 100 ms.</summary>
    Os,
}

/// <summary>Where the audit log is kept, what seals it and how hard it is held to the disk.</summary>
/// <param name="File">The log; `.chain` and `.lock` files are kept beside it. Created with mode 0600, as is a missing folder with 0700.</param>
/// <param name="Key">Seals the chain. Without one a random key lives as long as the process, and nobody can verify the chain later.</param>
/// <param name="Durability">What waits for the disk.</param>
/// <param name="Instance">Names this process in every record, for logs that are collected from several.</param>
public sealed record AuditOptions(string File, AuditKey? Key, AuditDurability Durability, string Instance);
