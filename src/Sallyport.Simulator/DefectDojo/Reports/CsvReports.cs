using System.Globalization;
using System.Text;

namespace Sallyport.Simulator.DefectDojo.Reports;

/// <summary>Reads reports that scanners write as comma-separated values.</summary>
internal static class CsvReports
{
    public static IEnumerable<Reported> Generic(string text) => Rows(text).Where(row => row["Title"].Length > 0).Select(row =>
        new Reported(row["Title"], Severities.Of(row["Severity"]), row.GetValueOrDefault("Description", ""))
        {
            Mitigation = row.GetValueOrDefault("Mitigation"),
            Impact = row.GetValueOrDefault("Impact"),
            Cwe = int.TryParse(row.GetValueOrDefault("CweId"), NumberStyles.None, CultureInfo.InvariantCulture, out var cwe) ? cwe : null,
            Active = row.GetValueOrDefault("Active") is { Length: > 0 } active ? active.Equals("TRUE", StringComparison.OrdinalIgnoreCase) : null,
            Verified = row.GetValueOrDefault("Verified") is { Length: > 0 } verified ? verified.Equals("TRUE", StringComparison.OrdinalIgnoreCase) : null,
        });

    public static IEnumerable<Reported> Nessus(string text) => Rows(text).Where(row => row["Plugin"].Length > 0).Select(row =>
        new Reported(row["Plugin Name"], Severities.Of(row["Severity"]), $"{row["Synopsis"]}\n{row["Plugin Text"]}")
        {
            Mitigation = row["Solution"],
            References = row["See Also"],
            ToolId = row["Plugin"],
            VulnerabilityId = row["CVE"],
        });

    public static IEnumerable<Reported> OpenVas(string text) => Rows(text).Where(row => row["NVT Name"].Length > 0).Select(row =>
        new Reported(row["NVT Name"], Severities.Of(row["Severity"]), row["Summary"])
        {
            Impact = row["Impact"],
            Mitigation = row["Solution"],
            Param = $"{row["IP"]}:{row["Port"]}",
            ToolId = row["NVT OID"],
        });

    private static IEnumerable<Dictionary<string, string>> Rows(string text)
    {
        var records = Records(text).ToList();
        var names = records[0];
        return records.Skip(1).Where(record => record.Count > 1)
            .Select(record => names.Select((name, i) => (name, Value: i < record.Count ? record[i] : "")).GroupBy(pair => pair.name).ToDictionary(pair => pair.Key, pair => pair.First().Value));
    }

    private static IEnumerable<List<string>> Records(string text)
    {
        List<string> record = [];
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter == '"' && isQuoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == ',' && !isQuoted)
            {
                record.Add(Take(field));
            }
            else if (letter == '\n' && !isQuoted)
            {
                record.Add(Take(field));
                yield return record;
                record = [];
            }
            else if (letter != '\r' || isQuoted)
            {
                field.Append(letter);
            }
        }

        if (field.Length > 0 || record.Count > 0)
        {
            record.Add(Take(field));
            yield return record;
        }
    }

    private static string Take(StringBuilder field)
    {
        var text = field.ToString().Trim('\uFEFF');
        field.Clear();
        return text;
    }
}
