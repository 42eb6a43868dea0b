using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Composites;

/// <summary>Several answers joined in one result; a part that fails says so in its place and does not take the others with it.</summary>
internal sealed class Parts(EsetClient eset, ToolContext context) : IDisposable
{
    /// <summary>Requests of one call that are under way at a time; the pace limits them further.</summary>
    private const int MaxConcurrent = 4;

    private readonly SemaphoreSlim _places = new(MaxConcurrent);

    public async Task<JsonElement> GetAsync(string service, string pathAndQuery, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await eset.GetAsync(service, pathAndQuery, CompositeJson.Default.JsonElement, context, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Runs every part and puts what it found, or why it found nothing, into <paramref name="result"/> in the order given.</summary>
    public static async Task AddAsync(
        JsonObject result, IReadOnlyList<(string Name, Func<CancellationToken, Task<JsonNode?>> Run)> parts, CancellationToken cancellationToken)
    {
        var found = new JsonNode?[parts.Count];
        var failed = new bool[parts.Count];
        await Task.WhenAll(parts.Select(async (part, index) =>
        {
            try
            {
                found[index] = await part.Run(cancellationToken);
            }
            catch (UpstreamException exception)
            {
                (found[index], failed[index]) = (Failure(exception), true);
            }
        }));

        for (var i = 0; i < parts.Count; i++)
            result[parts[i].Name] = found[i];
        result["failedParts"] = new JsonArray([.. parts.Where((_, index) => failed[index]).Select(part => (JsonNode)part.Name)]);
    }

    /// <summary>One answer for each id; an id whose answer fails gets the reason instead.</summary>
    public async Task<JsonNode?> EachAsync(string service, string path, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        return new JsonArray(await Task.WhenAll(ids.Select(async id =>
        {
            try
            {
                return Node(await GetAsync(service, $"{path}/{PathSegment.Escape("uuid", id)}", cancellationToken));
            }
            catch (UpstreamException exception)
            {
                return Failure(exception);
            }
        })));
    }

    public static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        _ => JsonValue.Create(element),
    };

    public static ToolContent Content(JsonObject result)
        => ToolContent.FromJson(JsonSerializer.SerializeToUtf8Bytes(result, CompositeJson.Default.JsonObject));

    public void Dispose() => _places.Dispose();

    private static JsonObject Failure(UpstreamException exception) => new() { ["_error"] = exception.Message };
}
