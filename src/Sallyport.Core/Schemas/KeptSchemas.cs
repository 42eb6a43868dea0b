using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Sallyport.Core.Tools;

namespace Sallyport.Core.Schemas;

/// <summary>
/// Schemas that are kept with the program, because writing two hundred of them from their types takes a good part of a start.
/// An assembly keeps those of its own types in a resource, one a line; `make docs` writes it anew and a test compares.
/// </summary>
public static class KeptSchemas
{
    private const string Resource = "schemas.txt";

    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, ReadOnlyMemory<byte>>> Kept = [];

    /// <summary>What an assembly is to keep for these tools.</summary>
    public static string Write(string assembly, IEnumerable<Tool> tools)
    {
        var types = tools.Select(tool => tool.Input.Type?.Invoke()).OfType<JsonTypeInfo>()
            .Where(type => type.Type.Assembly.GetName().Name == assembly)
            .DistinctBy(type => type.Type).OrderBy(type => type.Type.FullName, StringComparer.Ordinal);
        return string.Concat(types.Select(type => $"{type.Type.FullName} {Encoding.UTF8.GetString(SchemaWriter.Write(type))}\n"));
    }

    /// <summary>The schema of a type, or null when its assembly keeps none.</summary>
    internal static ReadOnlyMemory<byte>? Find(Type type)
        // The cast keeps null from becoming empty memory.
        => Kept.GetOrAdd(type.Assembly, Read).TryGetValue(type.FullName!, out var schema) ? schema : (ReadOnlyMemory<byte>?)null;

    private static Dictionary<string, ReadOnlyMemory<byte>> Read(Assembly assembly)
    {
        var kept = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        using var resource = assembly.GetManifestResourceStream(Resource);
        if (resource is null)
            return kept;
        ReadOnlyMemory<byte> left = ReadAll(resource);
        while (left.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            var name = left.Span.IndexOf((byte)' ');
            kept.Add(Encoding.UTF8.GetString(left.Span[..name]), left[(name + 1)..end]);
            left = left[(end + 1)..];
        }

        return kept;
    }

    private static byte[] ReadAll(Stream resource)
    {
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
