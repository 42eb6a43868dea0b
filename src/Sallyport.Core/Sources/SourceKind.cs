namespace Sallyport.Core.Sources;

/// <summary>What an investigation asks of every platform alike.</summary>
public enum SourceKind
{
    Hosts,
    Users,
    Alerts,
    Incidents,
    Vulnerabilities,
    Indicators,
}
