using System.CommandLine;
using Sallyport.Core;

namespace Sallyport.Commands;

/// <summary>Where a command talks to its operator: results to standard output, everything else to standard error.</summary>
internal sealed class OperatorConsole(TextWriter output, TextWriter error)
{
    public TextWriter Output => output;

    public TextWriter Error => error;

    public static OperatorConsole Of(ParseResult parse) => new(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);

    public void Result(string line) => output.WriteLine(line);

    public void Note(string line) => error.WriteLine(line);

    /// <summary>Says what is wrong in one sentence and what to do about it in another.</summary>
    public int Fail(string sentence, string whatToDo, int code = ExitCode.Problem)
    {
        error.WriteLine(KnownSecrets.Redact($"sallyport: {sentence}"));
        error.WriteLine(KnownSecrets.Redact(whatToDo));
        return code;
    }
}
