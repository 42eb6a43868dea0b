using System.Text.Json;
using Sallyport.Core.Files;

namespace Sallyport.Gateway.Operating;

/// <summary>The tools that an administrator has switched off, by canonical name, in a file that survives a restart.</summary>
public sealed class SwitchedOffTools
{
    private const string FileName = "tools-switched-off.json";

    private readonly string _file;

    /// <param name="stateDirectory">Where the gate keeps what must survive a restart.</param>
    public SwitchedOffTools(string stateDirectory) => _file = Path.Combine(stateDirectory, FileName);

    /// <summary>Read anew each time, so that every process of the operator sees the same.</summary>
    /// <exception cref="InvalidDataException">The file is there and cannot be understood: better no start than a tool that was switched off.</exception>
    public IReadOnlySet<string> Read()
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(_file));
            return document.RootElement.EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return new HashSet<string>();
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{_file} says which tools are switched off and cannot be read; correct or delete it.", broken);
        }
    }

    /// <summary>False when it was so already.</summary>
    public bool Switch(string tool, bool isOn)
    {
        var off = Read().ToHashSet(StringComparer.Ordinal);
        if (!(isOn ? off.Remove(tool) : off.Add(tool)))
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        var beside = _file + ".new";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            using var writer = new Utf8JsonWriter(stream);
            writer.WriteStartArray();
            foreach (var name in off.Order(StringComparer.Ordinal))
                writer.WriteStringValue(name);
            writer.WriteEndArray();
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        DurableFile.Replace(beside, _file);
        return true;
    }
}
