using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Composites;

/// <summary>Several answers joined in one result; a part that fails says so in its place and does not take the others with it.</summary>
internal sealed class Parts(EsetClient eset, ToolContext context)
{
    /// <summary>Requests of one call that are under way at a time; the pace limits them further.</summary>
    private const int MaxConcurrent = 4;

    public Task<JsonElement> GetAsync(string service, string pathAndQuery, CancellationToken cancellationToken)
        => eset.GetAsync(service, pathAndQuery, CompositeJson.Default.JsonElement, context, cancellationToken);

    /// <summary>Runs every part and puts what it found, or why it found nothing, into <paramref name="result"/> in the order given.</summary>
    public static async Task AddAsync(
        JsonObject result, IReadOnlyList<(string Name, Func<CancellationToken, Task<JsonNode?>> Run)> parts, CancellationToken cancellationToken)
    {
        var found = new JsonNode?[parts.Count];
        var failed = new bool[parts.Count];
        await RunAsync(parts.Count, async (index, token) =>
        {
            try
            {
                found[index] = await parts[index].Run(token);
            }
            catch (UpstreamException exception)
            {
                (found[index], failed[index]) = (Failure(exception), true);
            }
        }, cancellationToken);

        for (var i = 0; i < parts.Count; i++)
            result[parts[i].Name] = found[i];
        result["failedParts"] = new JsonArray([.. parts.Where((_, index) => failed[index]).Select(part => (JsonNode)part.Name)]);
    }

    /// <summary>One answer for each id; an id whose answer fails gets the reason instead.</summary>
    public async Task<JsonNode?> EachAsync(string service, string path, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = new JsonNode?[ids.Count];
        await RunAsync(ids.Count, async (index, token) =>
        {
            try
            {
                found[index] = Node(await GetAsync(service, $"{path}/{PathSegment.Escape("uuid", ids[index])}", token));
            }
            catch (UpstreamException exception)
            {
                found[index] = Failure(exception);
            }
        }, cancellationToken);
        return new JsonArray(found);
    }

    public static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        _ => JsonValue.Create(element),
    };

    public static ToolContent Content(JsonObject result)
        => ToolContent.FromJson(JsonSerializer.SerializeToUtf8Bytes(result, CompositeJson.Default.JsonObject));

    private static JsonObject Failure(UpstreamException exception) => new() { ["_error"] = exception.Message };

    private static Task RunAsync(int count, Func<int, CancellationToken, Task> run, CancellationToken cancellationToken)
        => Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrent, CancellationToken = cancellationToken }, (index, token) => new ValueTask(run(index, token)));
}
