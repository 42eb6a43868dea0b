using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Gateway.Audit;

namespace Sallyport.Tests.Gateway.Audit;

/// <summary>This test program as a process that does nothing but write an audit log under load, and names each call once it is acknowledged.</summary>
internal static class UntilKilled
{
    public const string Variable = "SALLYPORT_TEST_AUDIT_UNTIL_KILLED";
    public const string Ready = "ready";
    private const int Callers = 4;
    private const int SmallFile = 1 << 15;

    public static async Task RunAsync(string file)
    {
        using var output = Console.OpenStandardOutput();
        Say("starting");
        var options = new AuditOptions(file, TestLog.Key, AuditDurability.Writes, "killed") { Rotation = new AuditRotation(SmallFile) };
        var log = await AuditLog.StartAsync(options, TimeProvider.System, NullLogger.Instance, default);
        Say(Ready);
        for (var caller = 0; caller < Callers; caller++) _ = CallForeverAsync(caller);

        // Ends with the test when that forgets to kill it.
        while (Console.Read() >= 0) { }
        Environment.Exit(0);

        async Task CallForeverAsync(int caller)
        {
            await Task.Yield();
            for (var number = 0; ; number++)
            {
                var call = TestLog.Call(number) with { CallId = $"{Environment.ProcessId}-{caller}-{number}" };
                await log.OpenCallAsync(call, durable: number % 8 == 0, default);
                Say($"open {call.CallId}");
                await log.CloseCallAsync(new AuditCallClosed(call, "succeeded"));
                Say($"close {call.CallId}");
            }
        }

        void Say(string line)
        {
            lock (output) output.Write(System.Text.Encoding.ASCII.GetBytes(line + "\n"));
        }
    }
}
