using System.Text.Json;
using Sallyport.Connectors.Eset.Composites;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Sources;

/// <summary>Lists of ESET read for an investigation, page after page.</summary>
internal static class EsetRows
{
    private const int PageSize = 1000;

    /// <summary>20,000 rows; what is beyond is said to be left out.</summary>
    private const int MostPages = 20;

    /// <param name="path">With its first parameter.</param>
    public static async Task<Answer<T>> ReadAsync<T>(
        EsetClient eset, string service, string path, string member, int limit, Func<JsonElement, T?> read, ToolContext context, CancellationToken cancellationToken)
        where T : class
    {
        var parts = new Parts(eset, context);
        List<T> found = [];
        var (token, looked) = ("", 0);
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await parts.GetAsync(service, $"{path}pageSize={PageSize}{(token.Length == 0 ? "" : $"&pageToken={Uri.EscapeDataString(token)}")}", cancellationToken);
            foreach (var row in answer.Items(member))
            {
                looked++;
                if (read(row) is not { } item)
                    continue;
                found.Add(item);
                if (found.Count == limit)
                    return new Answer<T>(found, null, $"only the first {limit} are here");
            }

            token = answer.Text("nextPageToken") ?? "";
            if (token.Length == 0)
                return new Answer<T>(found);
        }

        return new Answer<T>(found, null, $"only the first {looked} rows were looked at");
    }
}
