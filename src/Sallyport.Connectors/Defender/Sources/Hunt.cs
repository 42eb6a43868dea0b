using System.Globalization;
using System.Text.Json;
using Sallyport.Connectors.Defender.Access;
using Sallyport.Connectors.Defender.Hunting;
using Sallyport.Core.Sources;

namespace Sallyport.Connectors.Defender.Sources;

/// <summary>Hunting queries of our own, for investigations; values enter only as quoted literals.</summary>
internal static class Hunt
{
    /// <summary>Defender keeps this much of its own data.</summary>
    public const string Longest = "P30D";

    /// <summary>The rows of a query that ends in a limit of this many.</summary>
    public static async Task<Answer<JsonElement>> RunAsync(DefenderClient client, string query, int limit, CancellationToken cancellationToken)
    {
        var limited = string.Create(CultureInfo.InvariantCulture, $"{query}\n| take {limit}");
        var body = client.IsLegacy
            ? JsonSerializer.SerializeToUtf8Bytes(new LegacyHunt(limited), DefenderWire.Default.LegacyHunt)
            : JsonSerializer.SerializeToUtf8Bytes(new GraphHunt(limited, Longest), DefenderWire.Default.GraphHunt);
        await using var response = await client.SendAsync(new DefenderCall(client.Operations.Hunt, Body: body), cancellationToken);
        response.RequireJson();
        using var hunt = new HuntReader(limit);
        await hunt.ReadAsync(response.Body, cancellationToken);
        var rows = JsonElement.Parse(hunt.Rows).EnumerateArray().ToList();
        return new Answer<JsonElement>(rows, null, rows.Count == limit || hunt.Total > hunt.Kept ? $"only the first {rows.Count} rows were read" : null);
    }
}
