using System.Text.Json.Serialization;
using Sallyport.Connectors.Network.Jobs;
using Sallyport.Connectors.Network.Nmap.Results;

namespace Sallyport.Connectors.Network.Nmap;

/// <summary>The result of a scan: what nmap found as data, and the members that scripts for the reference server read.</summary>
/// <param name="Complete">False when the scan was stopped or its result is damaged; the hosts listed are whole.</param>
/// <param name="Error">One sentence when <paramref name="ErrorType"/> is set, else null.</param>
/// <param name="ScanId">The handle of a scan that runs or ran in the background.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="ExecutionTime">Seconds, with the wait for a place.</param>
internal sealed record ScanReport(
    string Scanner,
    bool Complete,
    NmapTotals Totals,
    IReadOnlyList<NmapHost> Hosts,
    bool TimedOut,
    int Returncode,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? ErrorType,
    double ExecutionTime,
    string CorrelationId,
    ScanMetadata Metadata,
    string? ScannerVersion = null,
    string? IncompleteReason = null,
    IReadOnlyList<string>? Warnings = null,
    string? Exit = null,
    string? ErrorMessage = null,
    DateTime? Started = null,
    DateTime? Finished = null,
    double? ElapsedSeconds = null,
    IReadOnlyList<NmapScan>? Scans = null,
    IReadOnlyList<NmapScript>? PreScripts = null,
    IReadOnlyList<NmapScript>? PostScripts = null,
    bool TruncatedStdout = false,
    bool TruncatedStderr = false,
    string? ScanId = null,
    ScanJobStatus? Status = null,
    string Stdout = "",
    string Stderr = "");

/// <summary>How the scan was run.</summary>
/// <param name="Argv">The options nmap got; no path of this machine.</param>
/// <param name="Probes">Addresses times ports.</param>
/// <param name="ScanDowngraded">Why the scan is weaker than asked for.</param>
/// <param name="Scripts">What script categories were expanded to.</param>
/// <param name="StdoutBytes">All that nmap printed, kept or not.</param>
internal sealed record ScanMetadata(
    IReadOnlyList<string> Argv, long Probes, bool Intrusive, double RunSeconds, long StdoutBytes, string? ScanDowngraded = null,
    IReadOnlyList<string>? Scripts = null);
