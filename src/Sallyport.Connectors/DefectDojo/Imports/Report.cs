using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sallyport.Core;

namespace Sallyport.Connectors.DefectDojo.Imports;

/// <summary>A scanner's report on its way in: given as text, as base64, or as a file below the operator's import directory.</summary>
internal sealed record Report(string Name, long Length, string Sha256, Func<Stream> Open)
{
    private static readonly string[] Sources = ["file_content", "file_content_base64", "file_path"];

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".xml", ".csv", ".nessus", ".json", ".jsonl", ".html", ".js", ".zip", ".xlsx", ".txt", ".sarif", ".fpr", ".md", ".log", ".fvdl",
    };

    public static async Task<Report> OfAsync(DefectDojoSettings settings, JsonElement args, CancellationToken cancellationToken)
    {
        var given = Sources.Where(name => args.Text(name) is not null).ToList();
        if (given.Count != 1)
            throw new InvalidArgumentsException("Give exactly one of file_content, file_content_base64 and file_path.");
        var name = args.Text("file_name") ?? (given[0] == "file_path" ? Path.GetFileName(args.Text("file_path")!) : throw new InvalidArgumentsException("file_name: needed unless file_path is given"));
        if (!Extensions.Contains(Path.GetExtension(name)))
            throw new InvalidArgumentsException($"file_name: its extension must be one of {string.Join(' ', Extensions)}");
        if (given[0] == "file_path")
            return await FileAsync(settings, args.Text("file_path")!, name, cancellationToken);
        var bytes = given[0] == "file_content" ? Encoding.UTF8.GetBytes(args.Text("file_content")!) : Decode(args.Text("file_content_base64")!);
        Check(settings, given[0], bytes.Length);
        return new Report(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), () => new MemoryStream(bytes, writable: false));
    }

    private static async Task<Report> FileAsync(DefectDojoSettings settings, string path, string name, CancellationToken cancellationToken)
    {
        var file = ImportDirectory.Find(settings.ImportRoot, path);
        Check(settings, "file_path", file.Length);
        await using var stream = file.OpenRead();
        return new Report(name, file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)), file.OpenRead);
    }

    private static void Check(DefectDojoSettings settings, string member, long length)
    {
        if (length == 0)
            throw new InvalidArgumentsException($"{member}: the report is empty");
        if (length > settings.ImportMaxBytes)
            throw new InvalidArgumentsException($"{member}: the report must not be larger than {settings.ImportMaxBytes} bytes");
    }

    private static byte[] Decode(string base64)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            throw new InvalidArgumentsException("file_content_base64: is not base64");
        }
    }
}
