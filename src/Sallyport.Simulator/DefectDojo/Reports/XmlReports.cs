using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Sallyport.Simulator.DefectDojo.Reports;

/// <summary>Reads reports that scanners write as XML.</summary>
internal static class XmlReports
{
    public static IEnumerable<Reported> Zap(XDocument report) => Named(report, "alertitem").Select(item =>
        new Reported(Text(item, "name"), Text(item, "riskcode") switch { "3" => "High", "2" => "Medium", "1" => "Low", _ => "Info" }, Text(item, "desc"))
        {
            Mitigation = Text(item, "solution"),
            References = Text(item, "reference"),
            Cwe = Number(Text(item, "cweid")),
            ToolId = Text(item, "pluginid"),
        });

    public static IEnumerable<Reported> Nmap(XDocument report) => from host in Named(report, "host")
                                                                  from port in Named(host, "port")
                                                                  where Named(port, "state").FirstOrDefault()?.Attribute("state")?.Value == "open"
                                                                  select new Reported(
                                                                      $"Open port: {port.Attribute("portid")?.Value}/{port.Attribute("protocol")?.Value}", "Info",
                                                                      $"{Named(host, "address").FirstOrDefault()?.Attribute("addr")?.Value} {Named(port, "service").FirstOrDefault()?.Attribute("name")?.Value}");

    public static IEnumerable<Reported> Burp(XDocument report) => Named(report, "issue").Select(item =>
        new Reported(Text(item, "name"), Severities.Of(Text(item, "severity")), $"{Text(item, "issueDetail")}\n{Text(item, "issueBackground")}")
        {
            Mitigation = Text(item, "remediationBackground"),
            References = Text(item, "references"),
            Param = Text(item, "location"),
            ToolId = Text(item, "serialNumber"),
            Request = Exchange(item, "request"),
            Response = Exchange(item, "response"),
        });

    public static IEnumerable<Reported> Nikto(XDocument report) => Named(report, "item").Select(item =>
        new Reported(Text(item, "description"), "Low", $"{Text(item, "uri")} {Text(item, "namelink")}") { ToolId = item.Attribute("id")?.Value });

    public static IEnumerable<Reported> CycloneDx(XDocument report) => Named(report, "vulnerability").Select(item =>
        new Reported(Text(item, "id"), Severities.Of(Text(item, "severity")), Text(item, "description"))
        {
            VulnerabilityId = Text(item, "id"),
            Component = Text(item, "ref"),
            Mitigation = Text(item, "recommendation"),
        });

    /// <summary>Suppressed vulnerabilities are kept, as inactive ones.</summary>
    public static IEnumerable<Reported> DependencyCheck(XDocument report) =>
        from dependency in Named(report, "dependency")
        from item in Named(dependency, "vulnerability").Concat(Named(dependency, "suppressedVulnerability"))
        select new Reported($"{Text(dependency, "fileName")} | {Text(item, "name")}", Severities.Of(Text(item, "severity")), Text(item, "description"))
        {
            VulnerabilityId = Text(item, "name"),
            Component = Text(dependency, "fileName"),
            FilePath = Text(dependency, "filePath"),
            Active = item.Name.LocalName == "vulnerability",
        };

    /// <summary>One finding for each kind of bug.</summary>
    public static IEnumerable<Reported> SpotBugs(XDocument report) => Named(report, "BugInstance").GroupBy(item => item.Attribute("type")?.Value).Select(bugs =>
        new Reported(bugs.Key ?? "Bug", bugs.First().Attribute("priority")?.Value switch { "1" => "High", "2" => "Medium", _ => "Low" },
            string.Join('\n', bugs.Select(bug => Named(bug, "Class").FirstOrDefault()?.Attribute("classname")?.Value))));

    private static IEnumerable<XElement> Named(XContainer container, string name) => container.Descendants().Where(element => element.Name.LocalName == name);

    private static string Text(XElement element, string name) => Named(element, name).FirstOrDefault()?.Value.Trim() ?? "";

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Exchange(XElement issue, string name)
    {
        var element = Named(issue, name).FirstOrDefault();
        if (element?.Attribute("base64")?.Value != "true")
            return element?.Value;
        var bytes = new byte[element.Value.Length];
        return Convert.TryFromBase64String(element.Value.Trim(), bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
