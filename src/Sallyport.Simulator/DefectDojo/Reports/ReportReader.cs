using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Sallyport.Simulator.DefectDojo.Reports;

/// <summary>Turns a scanner's report into findings, for the scan types that the simulator can read.</summary>
internal static class ReportReader
{
    private static readonly Dictionary<string, Func<JsonElement, IEnumerable<Reported>>> Json = new(StringComparer.Ordinal)
    {
        ["SARIF"] = JsonReports.Sarif,
        ["Bandit Scan"] = JsonReports.Bandit,
        ["Semgrep JSON Report"] = JsonReports.Semgrep,
        ["Gosec Scanner"] = JsonReports.Gosec,
        ["Brakeman Scan"] = JsonReports.Brakeman,
        ["Checkov Scan"] = JsonReports.Checkov,
        ["Promptfoo Scan"] = JsonReports.Promptfoo,
        ["Trivy Scan"] = PackageReports.Trivy,
        ["Anchore Grype"] = PackageReports.Grype,
        ["NPM Audit Scan"] = PackageReports.NpmAudit,
    };

    private static readonly Dictionary<string, Func<XDocument, IEnumerable<Reported>>> Xml = new(StringComparer.Ordinal)
    {
        ["ZAP Scan"] = XmlReports.Zap,
        ["Nmap Scan"] = XmlReports.Nmap,
        ["Burp Scan"] = XmlReports.Burp,
        ["Nikto Scan"] = XmlReports.Nikto,
        ["CycloneDX Scan"] = XmlReports.CycloneDx,
        ["Dependency Check Scan"] = XmlReports.DependencyCheck,
        ["SpotBugs Scan"] = XmlReports.SpotBugs,
    };

    private static readonly Dictionary<string, Func<string, IEnumerable<Reported>>> Text = new(StringComparer.Ordinal)
    {
        ["Tenable Scan"] = CsvReports.Nessus,
        ["OpenVAS Parser"] = CsvReports.OpenVas,
        ["Nuclei Scan"] = PackageReports.Nuclei,
        ["Bundler-Audit Scan"] = PackageReports.BundlerAudit,
    };

    public static bool Knows(string scanType) => scanType == "Generic Findings Import" || Json.ContainsKey(scanType) || Xml.ContainsKey(scanType) || Text.ContainsKey(scanType);

    public static IReadOnlyList<Reported> Read(string scanType, byte[] file, string fileName)
    {
        try
        {
            var text = Encoding.UTF8.GetString(file).TrimStart('\uFEFF');
            if (scanType == "Generic Findings Import")
                return [.. fileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? JsonReports.Generic(JsonElement.Parse(text)) : CsvReports.Generic(text)];
            if (Json.TryGetValue(scanType, out var json))
                return [.. json(JsonElement.Parse(text))];
            return Xml.TryGetValue(scanType, out var xml) ? [.. xml(Open(text))] : [.. Text[scanType](text)];
        }
        catch (Exception failure) when (failure is JsonException or XmlException or KeyNotFoundException or ArgumentOutOfRangeException)
        {
            throw DojoRefusal.Inside(400, "['The report could not be read.']");
        }
    }

    /// <summary>The tool's own name, where reports of this type bring their own test type.</summary>
    public static string TestTypeName(string scanType, byte[] file)
    {
        if (scanType != "SARIF")
            return scanType;
        var tool = JsonElement.Parse(file).Items("runs").Select(run => run.Text("tool", "driver", "name")).FirstOrDefault();
        return $"{tool} Scan (SARIF)";
    }

    private static XDocument Open(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XDocument.Load(reader);
    }
}
