using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Sallyport.Core.Processes;

/// <summary>
/// Runs external programs under limits: no shell, own session, cleared environment, closed standard input, capped output,
/// and nothing left running afterwards.
/// </summary>
public sealed class ProcessRunner(ProgramFinder programs, TimeProvider clock)
{
    /// <summary>From the polite signal to the one that cannot be ignored; also the longest wait for pipes that someone holds open.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Seconds of processor time between the signal at the limit and the kill.</summary>
    private const int ProcessorGrace = 5;

    /// <summary>Never throws for what the program does, nor on cancellation: every end is a <see cref="ProcessEnd"/> with the output so far.</summary>
    public async Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        if (Compose(request, out var problem) is not { } start)
            return NotRun(ProcessEnd.ProgramMissing, ProcessEnds.MissingCode, problem);
        if (cancellationToken.IsCancellationRequested)
            return NotRun(ProcessEnd.Cancelled, ProcessEnds.NotStartedCode, "Cancelled before it started.");

        using var process = new Process { StartInfo = start };
        using var deadline = new CancellationTokenSource(request.Timeout, clock);
        var began = clock.GetTimestamp();
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return NotRun(ProcessEnd.ProgramMissing, ProcessEnds.MissingCode, $"Could not start {start.FileName}: {e.Message}");
        }

        process.StandardInput.Close();
        using var stopReading = new CancellationTokenSource();
        var output = new OutputCollector(request.Limits.OutputBytes, request.OnOutputLine);
        var error = new OutputCollector(request.Limits.ErrorBytes, null);
        var reading = Task.WhenAll(
            output.ReadToEndAsync(process.StandardOutput.BaseStream, stopReading.Token),
            error.ReadToEndAsync(process.StandardError.BaseStream, stopReading.Token));

        var stopped = await WaitOrStopAsync(process, deadline.Token, cancellationToken);
        ProcessGroup.Signal(process.Id, ProcessGroup.ForceKill, leaderLives: false);
        await FinishReadingAsync(reading, stopReading);

        var stderr = error.Captured;
        var end = stopped ?? ProcessEnds.Classify(process.ExitCode, stderr.Text);
        var code = stopped == ProcessEnd.TimedOut ? ProcessEnds.TimeoutCode : process.ExitCode;
        return new ProcessResult(
            end, code, ProcessGroup.SignalName(process.ExitCode - 128), output.Captured, stderr, clock.GetElapsedTime(began));
    }

    /// <summary>Null when the program left by itself; else why it was stopped.</summary>
    private async Task<ProcessEnd?> WaitOrStopAsync(Process process, CancellationToken deadline, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellationToken);
        try
        {
            await process.WaitForExitAsync(either.Token);
            return null;
        }
        catch (OperationCanceledException)
        {
            await StopAsync(process);
            return cancellationToken.IsCancellationRequested ? ProcessEnd.Cancelled : ProcessEnd.TimedOut;
        }
    }

    private async Task StopAsync(Process process)
    {
        ProcessGroup.Signal(process.Id, ProcessGroup.Terminate, leaderLives: true);
        try
        {
            // Not the caller's token: it may be the very reason why we are here.
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Grace, clock, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            ProcessGroup.Signal(process.Id, ProcessGroup.ForceKill, leaderLives: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private async Task FinishReadingAsync(Task reading, CancellationTokenSource stopReading)
    {
        try
        {
            await reading.WaitAsync(Grace, clock, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            await stopReading.CancelAsync();
            await reading;
        }
    }

    /// <summary>setsid and prlimit replace themselves, so the process id is the program's, its group's and its session's.</summary>
    private ProcessStartInfo? Compose(ProcessRequest request, out string problem)
    {
        var session = programs.Find("setsid");
        var limiter = programs.Find("prlimit");
        problem = session.Problem ?? limiter.Problem ?? "";
        if (problem.Length > 0)
        {
            problem += " Install the package util-linux: nothing is run without limits.";
            return null;
        }

        var limits = request.Limits;
        var seconds = (long)Math.Ceiling(request.Timeout.TotalSeconds);
        string[] launcher =
        [
            limiter.Path!, Invariant($"--cpu={seconds}:{seconds + ProcessorGrace}"), Limit("as", limits.AddressSpaceBytes),
            Limit("nofile", limits.OpenFiles), Limit("core", 0), Limit("fsize", limits.FileBytes), "--", request.Program,
        ];
        var start = new ProcessStartInfo(session.Path!, [.. launcher, .. request.Arguments])
        {
            WorkingDirectory = request.Directory.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in EnvironmentFor(request.Directory))
            start.Environment[name] = value;
        return start;
    }

    private IEnumerable<(string Name, string Value)> EnvironmentFor(RunDirectory directory) =>
    [
        ("PATH", programs.SearchPath), ("LANG", "C.UTF-8"), ("LC_ALL", "C.UTF-8"), ("TZ", "UTC"),
        // Programs read settings and scripts from the home directory otherwise.
        ("HOME", directory.Path), ("TMPDIR", directory.Path),
    ];

    private static string Limit(string name, long value) => Invariant($"--{name}={value}:{value}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static ProcessResult NotRun(ProcessEnd end, int code, string reason) =>
        new(end, code, null, CapturedOutput.Empty, new CapturedOutput(reason, 0, false), TimeSpan.Zero);
}
