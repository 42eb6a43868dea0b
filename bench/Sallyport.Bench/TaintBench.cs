using System.Diagnostics;
using System.Text;
using Sallyport.Gateway.Taint;

namespace Sallyport.Bench;

/// <summary>What it costs to remember a full answer of strangers' text, and to look through the arguments of a write for it.</summary>
internal static class TaintBench
{
    private const int AnswerBytes = 100_000;
    private const int ArgumentBytes = 2_000;
    private const int Rounds = 200;

    public static void Run()
    {
        Print("taint, ms for an answer of 100 kB", AnswerBytes);
        Print("taint, ms for arguments of 2 kB", ArgumentBytes);
    }

    private static void Print(string what, int bytes)
    {
        var text = TextOf(bytes);
        // The first rounds are slow for everybody; the middle one of the rest counts, because other programs disturb.
        var times = Enumerable.Range(0, Rounds).Select(_ => Once(text)).Skip(Rounds / 2).Order().ToList();
        Console.WriteLine($"{what,-46}{"",10}{times[times.Count / 2].TotalMilliseconds,9:F2}{times[^1].TotalMilliseconds,9:F2}");
    }

    private static TimeSpan Once(byte[] text)
    {
        List<ulong> marks = [];
        var started = Stopwatch.GetTimestamp();
        TextMarks.AddTo(marks, text);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Words that do not repeat, names among them, as in mails and alerts.</summary>
    private static byte[] TextOf(int bytes)
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < bytes; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Host ws-{i}.corp.example saw {i * 7919} of mail-{i}@example.org, ");
        return Encoding.UTF8.GetBytes(text.ToString(0, bytes));
    }
}
