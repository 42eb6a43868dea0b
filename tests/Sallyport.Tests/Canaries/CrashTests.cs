using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Sallyport.Core;

namespace Sallyport.Tests.Canaries;

/// <summary>A process that breaks where nobody watches says which kind of fault it was, and nothing that the fault quotes.</summary>
public sealed class CrashTests
{
    public const string Variable = "SALLYPORT_TEST_CRASH";
    private const string Canary = "canary-of-the-crash-4711";

    [Fact]
    public async Task A_crash_tells_its_kind_and_place_and_never_what_it_quotes()
    {
        var own = Environment.ProcessPath!;
        var start = new ProcessStartInfo(own, own.EndsWith("dotnet", StringComparison.Ordinal) ? [typeof(CrashTests).Assembly.Location] : [])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { [Variable] = Canary },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("Something broke inside the program: UpstreamException.", error, StringComparison.Ordinal);
        Assert.Contains(nameof(Crash), error, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, error + await output, StringComparison.Ordinal);
    }

    /// <summary>Breaks like the program would, on a thread of its own.</summary>
    internal static void Crash(string secret)
    {
        ExceptionHandling.SetUnhandledExceptionHandler(Sallyport.Commands.Crash.Tell);
        var thread = new Thread(() => throw new UpstreamException(UpstreamFailure.Auth, $"password={secret}", new InvalidOperationException(secret)));
        thread.Start();
        thread.Join();
    }
}
