using Sallyport.Core;

namespace Sallyport.Connectors.DefectDojo.Imports;

/// <summary>Finds report files below the operator's import directory and nowhere else: an agent must not upload what else lies on this machine.</summary>
internal static class ImportDirectory
{
    public static FileInfo Find(string? root, string path)
    {
        if (root is null)
            throw new InvalidArgumentsException("file_path: the operator has set no import directory (IMPORT_ROOT); send the report's content instead");
        if (Path.IsPathRooted(path) || path.Contains('\0', StringComparison.Ordinal))
            throw Outside();
        var at = new DirectoryInfo(root).FullName;
        foreach (var segment in path.Split('/', '\\'))
        {
            if (segment is "" or "." or "..")
                throw Outside();
            at = Path.Combine(at, segment);
            // A link may lead anywhere, and may lead elsewhere by the time the file is opened.
            if (new FileInfo(at).LinkTarget is not null)
                throw Outside();
        }

        var file = new FileInfo(at);
        return file.Exists ? file : throw new InvalidArgumentsException("file_path: there is no such file below the import directory");
    }

    private static InvalidArgumentsException Outside() => new("file_path: must be a relative path below the import directory, without '..' and without links");
}
