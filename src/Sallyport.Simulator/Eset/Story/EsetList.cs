using System.Text.Json.Nodes;

namespace Sallyport.Simulator.Eset.Story;

/// <summary>A list of documents that can be added to, changed and taken from.</summary>
internal sealed class EsetList(EsetStory story, string key, IEnumerable<JsonObject> first)
{
    /// <summary>A client that creates without end must not fill the memory.</summary>
    private const int MostDocuments = 2000;

    private readonly Lock _lock = new();
    private readonly List<JsonObject> _documents = [.. first];

    public IReadOnlyList<JsonNode> All(Func<JsonObject, bool>? fits = null)
    {
        lock (_lock)
            return [.. _documents.Where(document => fits is null || fits(document)).Select(static document => document.DeepClone())];
    }

    public JsonObject? Find(string id)
    {
        lock (_lock)
            return (JsonObject?)Locate(id)?.DeepClone();
    }

    /// <summary>Keeps a new document under a new id, and answers it.</summary>
    public JsonObject Add(JsonObject document)
    {
        var kept = (JsonObject)document.DeepClone();
        if (string.IsNullOrEmpty((string?)kept[key]))
            kept[key] = story.NewId().ToString();
        lock (_lock)
        {
            if (_documents.Count == MostDocuments)
                _documents.RemoveAt(0);
            _documents.Add(kept);
        }

        return (JsonObject)kept.DeepClone();
    }

    /// <summary>Changes members and answers the document; null when there is none.</summary>
    public JsonObject? Change(string id, JsonObject members)
    {
        lock (_lock)
        {
            if (Locate(id) is not { } document)
                return null;
            EsetStory.Merge(document, members);
            return (JsonObject)document.DeepClone();
        }
    }

    public bool Remove(string id)
    {
        lock (_lock)
            return Locate(id) is { } document && _documents.Remove(document);
    }

    private JsonObject? Locate(string id) => _documents.Find(document => (string?)document[key] == id);
}
