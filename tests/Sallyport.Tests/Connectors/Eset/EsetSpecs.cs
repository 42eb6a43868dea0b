using System.Text.Json;
using Sallyport.Connectors.Eset.Drift;

namespace Sallyport.Tests.Connectors.Eset;

/// <summary>ESET's own descriptions of its services, read in place beside the repository.</summary>
internal static class EsetSpecs
{
    private const string Folder = "specs/eset";
    private const string Overrides = "onprem-path-overrides";

    private static readonly Lock Once = new();
    private static IReadOnlyList<SpecDocument>? _documents;

    public static IReadOnlyList<SpecDocument> All
    {
        get
        {
            var folder = SharedFiles.Require(Folder);
            lock (Once)
            {
                return _documents ??= [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)
                    .Where(file => Path.GetFileNameWithoutExtension(file) != Overrides)
                    .Select(file => SpecDocument.Parse(Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file)))];
            }
        }
    }

    public static JsonElement OnPremOverrides
        => JsonElement.Parse(File.ReadAllBytes(SharedFiles.Require($"{Folder}/{Overrides}.json"))).GetProperty("overrides");
}
