using System.Text.Json;
using Sallyport.Simulator.DefectDojo.Findings;
using Sallyport.Simulator.DefectDojo.Store;

namespace Sallyport.Simulator.DefectDojo.Imports;

/// <summary>Counts of findings by severity and state, at one moment.</summary>
internal sealed class ImportStatistics
{
    private static readonly string[] States = ["active", "verified", "duplicate", "false_p", "out_of_scope", "is_mitigated", "risk_accepted"];

    private readonly int[,] _counts = new int[FindingRows.Severities.Length, States.Length + 1];

    public ImportStatistics(IEnumerable<Row> findings)
    {
        foreach (var finding in findings)
        {
            var severity = Array.IndexOf(FindingRows.Severities, finding.Text("severity"));
            for (var state = 0; state < States.Length; state++)
                _counts[severity, state] += finding.Flag(States[state]) ? 1 : 0;
            _counts[severity, States.Length]++;
        }
    }

    public void Write(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        for (var severity = FindingRows.Severities.Length - 1; severity >= 0; severity--)
        {
            var row = severity;
            Line(json, FindingRows.Severities[severity].ToLowerInvariant(), state => _counts[row, state]);
        }

        Line(json, "total", state => Enumerable.Range(0, FindingRows.Severities.Length).Sum(severity => _counts[severity, state]));
        json.WriteEndObject();
    }

    private static void Line(Utf8JsonWriter json, string name, Func<int, int> count)
    {
        json.WriteStartObject(name);
        for (var state = 0; state < States.Length; state++)
            json.WriteNumber(States[state], count(state));
        json.WriteNumber("total", count(States.Length));
        json.WriteEndObject();
    }
}
