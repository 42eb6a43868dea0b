using System.Globalization;
using System.Text.Json;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Connectors.Vectra.Pages;
using Sallyport.Core;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Sources;

/// <summary>Lists of Vectra read for an investigation.</summary>
internal static class VectraRows
{
    public static bool IsId(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>The rows that fit, and why there may be more.</summary>
    public static async Task<Answer<T>> ReadAsync<T>(
        VectraClient vectra, VectraQuery query, int limit, Func<JsonElement, T?> read, ToolContext context, CancellationToken cancellationToken)
        where T : class
    {
        var walk = new PageWalk(vectra, query, limit, context);
        List<T> found = [];
        await foreach (var row in walk.RowsAsync(cancellationToken))
        {
            using var document = JsonDocument.Parse(row);
            if (read(document.RootElement) is { } item)
                found.Add(item);
        }

        return new Answer<T>(found, null, walk.IncompleteReason ?? (walk.Count > walk.Seen ? $"only the first {walk.Seen} of {walk.Count} were looked at" : null));
    }

    /// <summary>One object; null when there is none with this id.</summary>
    public static async Task<JsonDocument?> OneAsync(VectraClient vectra, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var response = await vectra.GetAsync(new VectraQuery(path), cancellationToken);
            response.RequireJson();
            return await JsonDocument.ParseAsync(response.Body, default, cancellationToken);
        }
        catch (UpstreamException exception) when (exception.Failure == UpstreamFailure.NotFound)
        {
            return null;
        }
        catch (JsonException exception)
        {
            throw new UpstreamException(UpstreamFailure.InvalidResponse, "Vectra answered with JSON that is not what it documents.", exception);
        }
    }
}
