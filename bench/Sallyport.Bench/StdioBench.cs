using System.Diagnostics;

namespace Sallyport.Bench;

/// <summary>How long a client that starts the program waits for its first list of tools, and what the program then weighs.</summary>
internal static class StdioBench
{
    private const int Runs = 9;

    /// <summary>Names the published program; `make bench` sets it.</summary>
    private const string Variable = "PUBLISHED_PROGRAM";

    public static async Task RunAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } program)
            await RunAsync("stdio, published, to first tools/list (goal 150)", new ProcessStartInfo(program));
        else
            Console.WriteLine($"stdio start: set {Variable} to the published program to measure it");
        await RunAsync("  dotnet sallyport.dll", new ProcessStartInfo("dotnet") { ArgumentList = { Path.Combine(AppContext.BaseDirectory, "sallyport.dll") } });
    }

    private static async Task RunAsync(string name, ProcessStartInfo start)
    {
        start.ArgumentList.Add("serve");
        // No settings, no state: as the program starts on a machine where it is new.
        var folder = Directory.CreateTempSubdirectory("sallyport-bench-");
        start.WorkingDirectory = start.Environment["HOME"] = folder.FullName;
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        var times = new List<double>();
        var memory = 0L;
        for (var run = 0; run < Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            using var process = Process.Start(start)!;
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

        folder.Delete(recursive: true);
        times.Sort();
        Console.WriteLine($"{name,-48}{"",8}{times[Runs / 2],9:F0}{times[^1],9:F0}{memory,7}");
    }
}
