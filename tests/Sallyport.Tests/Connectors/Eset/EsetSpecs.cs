using System.Text.Json;
using Sallyport.Connectors.Eset.Drift;

namespace Sallyport.Tests.Connectors.Eset;

/// <summary>ESET's own descriptions of its services, read in place beside the repository.</summary>
internal static class EsetSpecs
{
    private const string Overrides = "onprem-path-overrides";

    private static readonly Lazy<IReadOnlyList<SpecDocument>> Documents = new(() =>
        [.. Directory.GetFiles(Folder!, "*.json").Order(StringComparer.Ordinal)
            .Where(file => Path.GetFileNameWithoutExtension(file) != Overrides)
            .Select(file => SpecDocument.Parse(Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file)))]);

    public static IReadOnlyList<SpecDocument> All
    {
        get
        {
            Assert.SkipWhen(Folder is null, "ESET's OpenAPI documents (../shared/specs/eset) are not on this machine.");
            return Documents.Value;
        }
    }

    public static JsonElement OnPremOverrides
    {
        get
        {
            _ = All;
            return JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder!, Overrides + ".json"))).RootElement.GetProperty("overrides");
        }
    }

    /// <summary>The read-only folder beside the repository, or null.</summary>
    public static string? Shared { get; } = Find();

    private static string? Folder => Shared is null ? null : Path.Combine(Shared, "specs", "eset");

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "shared");
            if (Directory.Exists(Path.Combine(folder, "specs", "eset")))
                return folder;
        }

        return null;
    }
}
