using System.Globalization;
using System.Text.RegularExpressions;

namespace Sallyport.Tests.Connectors.Defender.Kql;

/// <summary>The queries that the guard must let through, and those that it must refuse.</summary>
internal static partial class KqlCorpus
{
    public static TheoryData<string> Accepted => Read("accepted.kql");

    public static TheoryData<string> Refused => Read("refused.kql");

    /// <summary>What a line of the corpus stands for.</summary>
    public static string Query(string line) => CodePoint().Replace(
        line.Replace('⏎', '\n'), match => char.ConvertFromUtf32(int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));

    private static TheoryData<string> Read(string name)
    {
        using var stream = typeof(KqlCorpus).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        var lines = new TheoryData<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal))
                lines.Add(line);
        }

        return lines;
    }

    [GeneratedRegex("<U\\+([0-9A-F]{4,5})>")]
    private static partial Regex CodePoint();
}
