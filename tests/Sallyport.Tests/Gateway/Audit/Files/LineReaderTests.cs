using System.Text;
using Sallyport.Gateway.Audit.Files;

namespace Sallyport.Tests.Gateway.Audit.Files;

public sealed class LineReaderTests
{
    [Fact]
    public void Lines_of_all_sizes_are_read_whole()
    {
        var random = new Random(20260105);
        var lines = Enumerable.Range(0, 300).Select(_ => new string((char)('a' + random.Next(26)), random.Next(3) == 0 ? random.Next(200_000) : random.Next(600))).ToList();
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => line + "\n")) + "rest"));

        var reader = new LineReader(stream);

        Assert.Equal(lines, ReadAll(reader));
        Assert.Equal("rest", Encoding.ASCII.GetString(reader.Remainder));
        Assert.Equal(300, reader.Count);
    }

    [Fact]
    public void A_line_longer_than_any_record_shows_as_empty()
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes($"one\n{new string('x', 3 * LineReader.MaxLine)}\ntwo\n"));

        Assert.Equal(["one", "", "two"], ReadAll(new LineReader(stream)));
    }

    [Fact]
    public void A_remainder_longer_than_any_record_is_still_a_remainder()
    {
        using var stream = new MemoryStream(new byte[3 * LineReader.MaxLine]);
        var reader = new LineReader(stream);

        Assert.Empty(ReadAll(reader));
        Assert.True(reader.HasRemainder);
        Assert.True(reader.Remainder.IsEmpty);
    }

    [Fact]
    public void Reading_goes_on_when_the_log_has_grown()
    {
        using var stream = new MemoryStream();
        var reader = new LineReader(stream);
        Grow(stream, "one\ntw");
        Assert.Equal(["one"], ReadAll(reader));
        Grow(stream, "o\nthree\n");

        Assert.Equal(["two", "three"], ReadAll(reader));
        Assert.False(reader.HasRemainder);
    }

    private static void Grow(MemoryStream stream, string text)
    {
        var position = stream.Position;
        stream.Position = stream.Length;
        stream.Write(Encoding.ASCII.GetBytes(text));
        stream.Position = position;
    }

    private static List<string> ReadAll(LineReader reader)
    {
        var lines = new List<string>();
        while (reader.TryRead(out var line)) lines.Add(Encoding.ASCII.GetString(line));
        return lines;
    }
}
