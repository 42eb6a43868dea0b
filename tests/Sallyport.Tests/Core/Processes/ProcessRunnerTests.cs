using System.Globalization;
using Sallyport.Core.Processes;

namespace Sallyport.Tests.Core.Processes;

public sealed class ProcessRunnerTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly FakeClock _clock = new();
    private readonly RunDirectory _directory = RunDirectory.Create();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Once the program has said so.</summary>
    private Task Ready => _ready.Task.WaitAsync(TimeSpan.FromMinutes(1));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Arguments_reach_the_program_one_by_one_and_no_shell_reads_them()
    {
        var result = await RunAsync("/usr/bin/printf", [@"%s\n", "a b", "$(id)", "`id`", "*", "", "--"]);

        Assert.Equal(ProcessEnd.Exited, result.End);
        Assert.Equal("a b\n$(id)\n`id`\n*\n\n--\n", result.Output.Text);
    }

    [Fact]
    public async Task The_environment_is_exactly_the_six_variables_and_none_of_ours()
    {
        var result = await RunAsync("/usr/bin/env", []);

        var expected = new[]
        {
            $"HOME={_directory.Path}", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", $"PATH={ProgramFinder.System.SearchPath}",
            $"TMPDIR={_directory.Path}", "TZ=UTC",
        };
        Assert.Equal(expected, result.Output.Text.TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Limits_session_and_working_directory_hold_for_the_program()
    {
        var request = Request("/bin/sh", ["-c", "cat /proc/$$/limits; echo pid $$; cut -d' ' -f 5,6 /proc/$$/stat; pwd"], TimeSpan.FromSeconds(42.2));

        var result = await Runner.RunAsync(
            request with { Limits = new ProcessLimits(AddressSpaceBytes: 400_000_000, OpenFiles: 99, FileBytes: 5_000_000) }, default);

        var text = result.Output.Text;
        Assert.Matches(@"Max cpu time +43 +48 ", text);
        Assert.Matches(@"Max address space +400000000 +400000000 ", text);
        Assert.Matches(@"Max open files +99 +99 ", text);
        Assert.Matches(@"Max file size +5000000 +5000000 ", text);
        Assert.Matches(@"Max core file size +0 +0 ", text);
        Assert.Matches(@"pid (\d+)\n\1 \1\n", text);
        Assert.EndsWith(_directory.Path + "\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_is_closed_so_a_program_cannot_read_the_protocol()
    {
        var result = await RunAsync("/bin/cat", []);

        Assert.Equal((ProcessEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Output.Text));
    }

    [Fact]
    public async Task Both_streams_are_read_at_once_each_to_its_own_cap()
    {
        var request = Request("/bin/sh", ["-c", "head -c 200000 /dev/zero | tr '\\0' e >&2; head -c 200000 /dev/zero | tr '\\0' o"], Long);

        var result = await Runner.RunAsync(request with { Limits = new ProcessLimits(OutputBytes: 10, ErrorBytes: 5) }, default);

        Assert.Equal(("oooooooooo", 200_000L), (result.Output.Text, result.Output.TotalBytes));
        Assert.Equal(("eeeee", 200_000L), (result.Error.Text, result.Error.TotalBytes));
    }

    [Fact]
    public async Task Lines_are_handed_over_as_they_come_cleaned_and_cut()
    {
        var lines = new List<string>();
        var request = Request("/bin/sh", ["-c", @"printf 'one\n\033[1mtwo\033[0m\n'; head -c 9000 /dev/zero | tr '\0' x; printf '\nlast'"], Long);

        var result = await Runner.RunAsync(request with { OnOutputLine = lines.Add }, default);

        Assert.Equal(["one", "two", new string('x', 4096), "last"], lines);
        Assert.False(result.Output.IsTruncated);
    }

    [Fact]
    public async Task A_timeout_keeps_the_output_and_gives_the_program_a_chance_to_finish()
    {
        var running = StartShell("trap 'echo tidied; exit 3' TERM; echo ready; sleep 1000 & wait");
        await Ready;

        _clock.Advance(Long);
        var result = await running;

        Assert.Equal((ProcessEnd.TimedOut, 124), (result.End, result.ExitCode));
        Assert.Equal("ready\ntidied\n", result.Output.Text);
        Assert.Equal(Long, result.Elapsed);
    }

    [Fact]
    public async Task A_program_that_ignores_the_polite_signal_is_killed_two_seconds_later_with_its_childrens_children()
    {
        var running = StartShell("trap '' TERM; sh -c 'sleep 1000 & echo child $! > child; echo ready; wait' & wait");
        await Ready;
        var child = int.Parse((await File.ReadAllTextAsync(_directory.PathOf("child")))["child ".Length..], CultureInfo.InvariantCulture);

        _clock.Advance(Long);
        await _clock.TimerSetAsync(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(2));
        var result = await running;

        Assert.Equal((ProcessEnd.TimedOut, "SIGKILL"), (result.End, result.Signal));
        await AssertGoneAsync(child);
    }

    [Fact]
    public async Task A_cancelled_call_stops_the_program_and_keeps_what_it_said()
    {
        using var caller = new CancellationTokenSource();
        var running = StartShell("echo ready; sleep 1000", caller.Token);
        await Ready;

        await caller.CancelAsync();
        var result = await running;

        Assert.Equal((ProcessEnd.Cancelled, "SIGTERM", "ready\n"), (result.End, result.Signal, result.Output.Text));
    }

    [Fact]
    public async Task A_call_cancelled_before_it_began_starts_nothing()
    {
        var result = await StartShell("echo ran > ran", new CancellationToken(canceled: true));

        Assert.Equal(ProcessEnd.Cancelled, result.End);
        Assert.False(File.Exists(_directory.PathOf("ran")));
    }

    [Fact]
    public async Task A_child_left_behind_is_killed_when_the_program_has_left()
    {
        var result = await RunAsync("/bin/sh", ["-c", "sleep 1000 & echo $!"]);

        Assert.Equal(ProcessEnd.Exited, result.End);
        await AssertGoneAsync(int.Parse(result.Output.Text, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_process_that_escaped_and_holds_the_pipe_does_not_hold_the_call()
    {
        // It leaves before its group is ended, however slow the machine.
        var running = StartShell("setsid sh -c 'echo $$ > escaped; exec sleep 1000' & while [ ! -s escaped ]; do sleep 0.01; done; echo ready");
        await Ready;
        await _clock.TimerSetAsync(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(2));
        var result = await running;

        Assert.Equal((ProcessEnd.Exited, "ready\n"), (result.End, result.Output.Text));
        // It made its own session: ending it is this test's business.
        var escaped = int.Parse(await File.ReadAllTextAsync(_directory.PathOf("escaped")), CultureInfo.InvariantCulture);
        System.Diagnostics.Process.GetProcessById(escaped).Kill();
    }

    [Fact]
    public async Task Writing_more_than_the_file_limit_is_resource_exhaustion()
    {
        var request = Request("/bin/sh", ["-c", "exec head -c 2000000 /dev/zero > big"], Long);

        var result = await Runner.RunAsync(request with { Limits = new ProcessLimits(FileBytes: 1_000_000) }, default);

        Assert.Equal((ProcessEnd.ResourceExhausted, "SIGXFSZ"), (result.End, result.Signal));
    }

    [Fact]
    public async Task Using_more_processor_time_than_the_timeout_is_resource_exhaustion()
    {
        var result = await Runner.RunAsync(Request("/bin/sh", ["-c", "while :; do :; done"], TimeSpan.FromSeconds(1)), default);

        Assert.Equal((ProcessEnd.ResourceExhausted, "SIGXCPU"), (result.End, result.Signal));
    }

    [Fact]
    public async Task Using_more_memory_than_the_limit_is_resource_exhaustion()
    {
        var request = Request("/bin/dd", ["if=/dev/zero", "of=/dev/null", "bs=200M", "count=1"], Long);

        var result = await Runner.RunAsync(request with { Limits = new ProcessLimits(AddressSpaceBytes: 64_000_000) }, default);

        Assert.Equal(ProcessEnd.ResourceExhausted, result.End);
    }

    [Theory]
    [InlineData("/nonexistent/program")]
    [InlineData("/etc/passwd")]
    public async Task A_program_that_is_missing_or_not_executable_is_said_to_be_so(string program)
    {
        var result = await RunAsync(program, []);

        Assert.Equal(ProcessEnd.ProgramMissing, result.End);
        Assert.NotEmpty(result.Error.Text);
    }

    [Fact]
    public async Task Without_the_launcher_nothing_runs()
    {
        var runner = new ProcessRunner(new ProgramFinder([_directory.Path]), _clock);

        var result = await runner.RunAsync(Request("/bin/sh", ["-c", "echo ran > ran"], Long), default);

        Assert.Equal(ProcessEnd.ProgramMissing, result.End);
        Assert.Contains("util-linux", result.Error.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(_directory.PathOf("ran")));
    }

    [Fact]
    public void A_run_directory_is_private_and_goes_with_all_it_holds()
    {
        var directory = RunDirectory.Create();
        File.WriteAllText(directory.PathOf("result"), "x");

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory.Path));
        directory.Dispose();
        Assert.False(Directory.Exists(directory.Path));
    }

    private ProcessRunner Runner => new(ProgramFinder.System, _clock);

    private ProcessRequest Request(string program, string[] arguments, TimeSpan timeout) => new(program, arguments, _directory, timeout);

    private Task<ProcessResult> RunAsync(string program, string[] arguments) => Runner.RunAsync(Request(program, arguments, Long), default);

    private Task<ProcessResult> StartShell(string script, CancellationToken cancellationToken = default)
        => Runner.RunAsync(Request("/bin/sh", ["-c", script], Long) with { OnOutputLine = NoteReady }, cancellationToken);

    private void NoteReady(string line)
    {
        if (line == "ready") _ready.TrySetResult();
    }

    /// <summary>A killed process takes a moment to go and may then wait for its parent to reap it; one that is not killed never does either.</summary>
    private static async Task AssertGoneAsync(int pid)
    {
        var stat = $"/proc/{pid}/stat";
        for (var look = 0; look < 1000; look++)
        {
            try
            {
                if (File.ReadAllText(stat).Split(' ')[2] is "Z" or "X") return;
            }
            catch (IOException)
            {
                return;
            }

            await Task.Delay(10);
        }

        Assert.Fail($"process {pid} still runs");
    }
}
