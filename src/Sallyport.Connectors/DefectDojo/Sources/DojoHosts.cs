using Sallyport.Connectors.DefectDojo.Access;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.DefectDojo.Sources;

/// <summary>Hosts that findings name in their tags. DefectDojo keeps findings, not hosts, so it knows them by name only.</summary>
internal static class DojoHosts
{
    private const int MostFindings = 1_000;

    public static async Task<Answer<SeenHost>> AskAsync(DefectDojoClient client, HostQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        var name = question.Name ?? (question.Id?.StartsWith("tag:", StringComparison.Ordinal) is true ? question.Id[4..] : null);
        if (name is null && !question.IsForAll)
            return new Answer<SeenHost>([], null, "knows hosts by name only");
        var query = new DojoQuery().Add("active", true).Add("duplicate", false);
        if (name is not null)
            query.Add("tags", DojoFindings.Tags(new HostIdentity(Name: name, Fqdn: name.Contains('.', StringComparison.Ordinal) ? name : null)));
        var findings = await DojoFindings.ReadAsync(client, query, MostFindings, cancellationToken);
        // Of a finding tagged with the name asked for, that tag is the host, whatever its form.
        var hosts = findings.Items
            .SelectMany(finding => (name is null ? DojoFindings.HostsOf(finding) : finding.Texts("tags").Where(tag => SourceWire.IsSameName(tag, name))).Select(tag => (Tag: tag, Finding: finding)))
            .GroupBy(pair => SourceWire.ShortName(pair.Tag), pair => pair, StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
            .Select(group => new SeenHost(
                DojoFindings.Identity(group.First().Tag), Viewpoint.Findings,
                FirstSeen: group.Select(pair => pair.Finding.Time("created")).Min(), LastSeen: group.Select(pair => pair.Finding.Time("updated")).Max()))
            .ToList();
        return new Answer<SeenHost>([.. hosts.Take(question.Limit)], hosts.Count, findings.Incomplete);
    }
}
