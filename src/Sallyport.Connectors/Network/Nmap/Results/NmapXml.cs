using System.Xml;

namespace Sallyport.Connectors.Network.Nmap.Results;

/// <summary>
/// Reads nmap's XML as far as it goes. A document may end anywhere (a killed run) or be hostile; only hosts whose end tag was seen
/// are taken, and nothing in it can make this throw.
/// </summary>
internal static class NmapXml
{
    /// <summary>Longest document, in characters.</summary>
    public const long MaxCharacters = 32L * 1024 * 1024;

    public static NmapRun Read(Stream document, long maxCharacters = MaxCharacters)
    {
        var run = new RunBuilder();
        try
        {
            using var reader = XmlReader.Create(document, Settings(maxCharacters));
            while (reader.Read())
                run.Take(reader);
            return run.Build(run.SawEnd ? null : EndsEarly);
        }
        catch (TooDeepException e)
        {
            return run.Build(e.Message);
        }
        catch (XmlException)
        {
            return run.Build(document.Length > maxCharacters ? $"the document is longer than {maxCharacters} characters" : EndsEarly);
        }
    }

    private const string EndsEarly = "the document ends early or is damaged";

    private static XmlReaderSettings Settings(long maxCharacters) => new()
    {
        // The document has a DOCTYPE; ignored, it can define no entities and load nothing.
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        CheckCharacters = false,
        MaxCharactersInDocument = maxCharacters,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };
}

/// <summary>A document nests deeper than any real one, which could exhaust the stack of whoever reads it.</summary>
internal sealed class TooDeepException(int limit) : Exception($"script tables nest deeper than {limit}");
