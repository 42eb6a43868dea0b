using System.Globalization;

namespace Sallyport.Connectors.Vectra.Pages;

/// <summary>Takes the page number out of a link. The link itself is never followed: it may point anywhere.</summary>
internal static class PageNumber
{
    public static int? In(string link)
    {
        var query = link.AsSpan(link.IndexOf('?', StringComparison.Ordinal) + 1);
        foreach (var part in query.Split('&'))
        {
            if (query[part] is var parameter && parameter.StartsWith("page=", StringComparison.Ordinal))
                return int.TryParse(parameter[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : null;
        }

        return null;
    }
}
