using Sallyport.Core.Processes;

namespace Sallyport.Tests.Core.Processes;

public sealed class ProcessEndsTests
{
    [Theory]
    [InlineData(0, "", ProcessEnd.Exited)]
    [InlineData(1, "wrong usage", ProcessEnd.Exited)]
    [InlineData(127, "prlimit: failed to execute /x: No such file or directory", ProcessEnd.ProgramMissing)]
    [InlineData(126, "prlimit: failed to execute /x: Permission denied", ProcessEnd.ProgramMissing)]
    [InlineData(1, "prlimit: failed to set the NOFILE resource limit", ProcessEnd.LaunchFailed)]
    [InlineData(1, "setsid: failed to execute prlimit", ProcessEnd.LaunchFailed)]
    [InlineData(1, "the target sent: prlimit: hello", ProcessEnd.Exited)]
    [InlineData(127, "the program's own 127", ProcessEnd.Exited)]
    [InlineData(137, "", ProcessEnd.ResourceExhausted)]
    [InlineData(152, "", ProcessEnd.ResourceExhausted)]
    [InlineData(153, "", ProcessEnd.ResourceExhausted)]
    [InlineData(134, "terminate called after throwing an instance of 'std::bad_alloc'", ProcessEnd.ResourceExhausted)]
    [InlineData(2, "sh: 1: Cannot allocate memory", ProcessEnd.ResourceExhausted)]
    [InlineData(0, "Cannot allocate memory", ProcessEnd.Exited)]
    [InlineData(139, "", ProcessEnd.Killed)]
    [InlineData(255, "", ProcessEnd.Exited)]
    public void The_end_is_read_from_exit_code_and_launcher_prefix(int code, string stderr, ProcessEnd end)
        => Assert.Equal(end, ProcessEnds.Classify(code, stderr));
}
