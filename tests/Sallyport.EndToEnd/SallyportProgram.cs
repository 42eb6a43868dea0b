using System.Diagnostics;

namespace Sallyport.EndToEnd;

/// <summary>
/// The program as its users start it: a process of its own, in a directory of its own, with no variable but those given. It is the
/// published one where PUBLISHED_PROGRAM names it, as `make test` does, and otherwise what was built beside the tests.
/// </summary>
internal sealed class SallyportProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What starts the program that was built beside the tests.</summary>
    public static IReadOnlyList<string> Built { get; } = ["dotnet", Path.Combine(AppContext.BaseDirectory, "sallyport.dll")];

    /// <summary>What starts the program under test, before its own arguments.</summary>
    public static IReadOnlyList<string> Command { get; } = Environment.GetEnvironmentVariable("PUBLISHED_PROGRAM") is { } published ? [published] : Built;

    public IReadOnlyList<string> Starter { get; init; } = Command;

    public string Folder { get; } = Directory.CreateTempSubdirectory("sallyport-e2e-").FullName;

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The network namespace to run in; the machine's own when null.</summary>
    public string? Network { get; set; }

    /// <summary>A program and its options that start this one as somebody else; nobody else when empty.</summary>
    public IReadOnlyList<string> Through { get; set; } = [];

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    /// <summary>Starts it and leaves it running; the caller ends it.</summary>
    public Process Start(params string[] arguments)
    {
        string[] command = [.. Network is null ? [] : (string[])["ip", "netns", "exec", Network], .. Through, .. Starter, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var inherited = new[] { "PATH", "DOTNET_ROOT", "DOTNET_CLI_TELEMETRY_OPTOUT", "TMPDIR" };
        foreach (var name in start.Environment.Keys.Except(inherited, StringComparer.Ordinal).ToList())
            start.Environment.Remove(name);
        start.Environment["HOME"] = Folder;
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public async Task<Run> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new Run(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Where a program that serves over HTTP says that it does.</summary>
    public static async Task<Uri> AddressAsync(StreamReader error)
    {
        while (await error.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            const string Before = "Serving MCP at ";
            if (line.StartsWith(Before, StringComparison.Ordinal))
                return new Uri(new Uri(line[Before.Length..]), "/");
        }

        throw new InvalidOperationException("The program ended before it served.");
    }

    /// <summary>Sends what an operator or an orchestrator sends, such as <c>TERM</c> or <c>HUP</c>.</summary>
    public static async Task SignalAsync(int process, string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>What one run left behind.</summary>
internal sealed record Run(int Code, string Output, string Error);
