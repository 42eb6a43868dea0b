using System.Text.Json;
using Sallyport.Connectors.DefectDojo.Access;
using Sallyport.Core.Sources;

namespace Sallyport.Connectors.DefectDojo.Sources;

/// <summary>Findings read for an investigation, worst first. A tag that has the form of a host's name is taken for the host that a finding is on.</summary>
internal static class DojoFindings
{
    private const int PageSize = 100;
    private const int LongestName = 63;

    public static async Task<Answer<JsonElement>> ReadAsync(DefectDojoClient client, DojoQuery query, int limit, CancellationToken cancellationToken)
    {
        var text = query.Add("o", "numerical_severity").ToString();
        List<JsonElement> found = [];
        for (var offset = 0; found.Count < limit; offset += PageSize)
        {
            var page = await client.GetAsync("findings/", $"{text}&limit={PageSize}&offset={offset}", "findings", cancellationToken);
            found.AddRange(page.Items("results").Take(limit - found.Count));
            if (page.Text("next") is null)
                return new Answer<JsonElement>(found, found.Count);
        }

        return new Answer<JsonElement>(found, null, $"only the first {found.Count} findings were read");
    }

    /// <summary>The tags that may be names of hosts.</summary>
    public static IReadOnlyList<string> HostsOf(JsonElement finding)
        => [.. finding.Texts("tags").Where(tag => tag.Length <= LongestName && tag.Any(char.IsAsciiDigit) && tag.Contains('-', StringComparison.Ordinal) && Uri.CheckHostName(tag) == UriHostNameType.Dns)];

    public static HostIdentity Identity(string tag) => new($"tag:{tag}", SourceWire.ShortName(tag), tag.Contains('.', StringComparison.Ordinal) ? tag : null);

    /// <summary>Both names under which findings on a host may be tagged.</summary>
    public static string Tags(HostIdentity host)
        => string.Join(',', new[] { host.Name, host.Fqdn }.OfType<string>().Select(SourceWire.ShortName).Concat(new[] { host.Fqdn }.OfType<string>()).Where(name => !name.Contains(',', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase));
}
