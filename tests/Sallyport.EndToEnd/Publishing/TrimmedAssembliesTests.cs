using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Sallyport.EndToEnd.Publishing;

/// <summary>
/// The trimmer of this SDK cuts cleanup out of methods that it shortens (https://github.com/dotnet/runtime/issues/131088): locks
/// stay taken, and what waits for them hangs. `Sallyport.csproj` tells it so little that it has nothing to shorten there.
/// </summary>
public sealed class TrimmedAssembliesTests
{
    [Fact]
    public void No_method_lost_cleanup_that_stands_in_other_cleanup()
    {
        var folder = Folder();
        Assert.SkipWhen(SallyportProgram.Command.Count > 1 || folder is null, "Only where the program was published here, as 'make test' does.");

        var compared = 0;
        List<string> lost = [];
        foreach (var original in File.ReadLines(Path.Combine(folder!, "linked.txt")))
        {
            var linked = Path.Combine(folder!, "linked", Path.GetFileName(original));
            if (!File.Exists(linked))
                continue;
            compared++;
            var before = Nested(original);
            lost.AddRange(Nested(linked).Where(method => method.Value < before.GetValueOrDefault(method.Key)).Select(method => $"{Path.GetFileName(original)} {method.Key}"));
        }

        Assert.True(compared > 100, $"only {compared} assemblies were compared");
        Assert.Empty(lost);
    }

    /// <summary>Where publishing leaves what it trimmed; null where there is none.</summary>
    private static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var objects = Path.Combine(at.FullName, "src", "Sallyport", "obj", "Release");
            if (Directory.Exists(objects))
                return Directory.EnumerateFiles(objects, "linked.txt", SearchOption.AllDirectories).Select(Path.GetDirectoryName).FirstOrDefault();
        }

        return null;
    }

    /// <summary>How many protected blocks stand inside a handler, by method; overloads together, and none where a method was emptied.</summary>
    private static Dictionary<string, int> Nested(string file)
    {
        const int Emptied = 12;
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        using var image = new PEReader(File.OpenRead(file));
        var reader = image.GetMetadataReader();
        foreach (var method in reader.MethodDefinitions.Select(reader.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0))
        {
            var body = image.GetMethodBody(method.RelativeVirtualAddress);
            if (body.GetILReader().Length < Emptied)
                continue;
            var inner = body.ExceptionRegions.Count(region => body.ExceptionRegions.Any(outer => IsInHandler(region, outer)));
            var name = $"{TypeName(reader, method.GetDeclaringType())}.{reader.GetString(method.Name)}/{method.GetParameters().Count}";
            found[name] = found.GetValueOrDefault(name) + inner;
        }

        return found;
    }

    private static bool IsInHandler(ExceptionRegion region, ExceptionRegion outer)
        => outer.HandlerOffset <= region.TryOffset && region.TryOffset < outer.HandlerOffset + outer.HandlerLength;

    private static string TypeName(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } declaring ? $"{TypeName(reader, declaring)}+{name}" : $"{reader.GetString(type.Namespace)}.{name}";
    }
}
