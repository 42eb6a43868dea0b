using Sallyport.Tests.Canaries;
using Sallyport.Tests.Gateway.Audit;

// The tests, or, when a test asks for it, a process that does nothing but write an audit log.
if (Environment.GetEnvironmentVariable(CrashTests.Variable) is { Length: > 0 } secret)
{
    CrashTests.Crash(secret);
    return 0;
}

if (Environment.GetEnvironmentVariable(UntilKilled.Variable) is { Length: > 0 } file)
{
    await UntilKilled.RunAsync(file);
    return 0;
}

return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
