using System.Diagnostics;

namespace Sallyport.Bench;

/// <summary>How long a client that starts the program waits for its first list of tools. SALLYPORT_PROGRAM names the published build.</summary>
internal static class StdioBench
{
    private const int Runs = 7;

    public static async Task RunAsync()
    {
        if (Environment.GetEnvironmentVariable("SALLYPORT_PROGRAM") is not { } program)
        {
            Console.WriteLine("stdio start: set SALLYPORT_PROGRAM to the published program to measure it");
            return;
        }

        var times = new List<double>();
        var memory = 0L;
        for (var run = 0; run < Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo(program, "serve") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            await process.StandardInput.WriteLineAsync(
                """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}""");
            await process.StandardInput.FlushAsync();
            _ = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            process.Refresh();
            memory = Math.Max(memory, process.WorkingSet64 >> 20);
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }

        times.Sort();
        Console.WriteLine($"{"stdio, start to first tools/list (goal 150 ms)",-46}{"",10}{times[Runs / 2],9:F0}{times[^1],9:F0}{memory,7}");
    }
}
