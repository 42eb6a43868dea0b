using Sallyport.Core.Sources;

namespace Sallyport.Connectors.DefectDojo.Sources;

/// <summary>What DefectDojo can say when one question goes to all platforms.</summary>
internal static class DojoSources
{
    private const string Id = "defectdojo";

    public static IReadOnlyList<Source> All { get; } =
    [
        Source.Hosts<DefectDojoClient>(Id, ["defectdojo_findings_list"], DojoHosts.AskAsync) with { Looks = Viewpoint.Findings },
        Source.Vulnerabilities<DefectDojoClient>(Id, ["defectdojo_findings_list"], DojoVulnerabilities.AskAsync),
        Source.Indicators<DefectDojoClient>(Id, ["defectdojo_findings_list"], DojoSightings.AskAsync) with { Observables = [ObservableKind.Cve] },
    ];
}
