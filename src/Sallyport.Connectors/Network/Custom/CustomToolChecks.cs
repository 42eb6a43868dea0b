using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Sallyport.Core.Processes;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Network.Custom;

/// <summary>Finds at the start what would make a custom tool unsafe or unusable.</summary>
internal static partial class CustomToolChecks
{
    /// <summary>Programs that run other programs, or text as a program: with one of these every argument is a command.</summary>
    private static readonly FrozenSet<string> Interpreters = FrozenSet.Create(
        StringComparer.Ordinal, "sh", "bash", "dash", "zsh", "ksh", "csh", "tcsh", "fish", "busybox", "toybox", "env", "xargs", "find", "awk", "gawk", "mawk", "sed",
        "perl", "ruby", "node", "php", "lua", "tclsh", "expect", "sudo", "su", "doas", "pkexec", "runuser", "nsenter", "unshare", "chroot", "setsid", "nohup", "timeout",
        "nice", "stdbuf", "strace", "gdb", "ssh", "socat", "nc", "ncat", "make", "vi", "vim", "ed", "less", "more", "man", "dotnet", "java");

    public static IEnumerable<SchemaError> Check(IReadOnlyList<CustomToolSettings> tools, ProgramFinder programs, Func<string, bool> isTaken)
    {
        for (var i = 0; i < tools.Count; i++)
        {
            var at = $"customTools[{i}]";
            var tool = tools[i];
            if (isTaken(tool.Name) || tools.Take(i).Any(other => other.Name == tool.Name))
                yield return new SchemaError($"{at}.name", $"'{tool.Name}' is the name of another tool");
            foreach (var problem in CheckProgram(tool, programs)) yield return new SchemaError($"{at}.program", problem);
            foreach (var argument in tool.FixedArguments ?? [])
                if (argument.Length == 0 || argument.Any(char.IsControl))
                    yield return new SchemaError($"{at}.fixedArguments", "has an argument that is empty or holds a control character");
            if (tool is { TargetOption: not null, Target: TargetPosition.None })
                yield return new SchemaError($"{at}.targetOption", "needs a target");
            if (tool is { EndOfOptions: true, Target: not TargetPosition.Last } or { EndOfOptions: true, TargetOption: not null })
                yield return new SchemaError($"{at}.endOfOptions", "is for a target that stands alone and last");
            foreach (var error in CheckOptions(tool.Options ?? [], $"{at}.options")) yield return error;
        }
    }

    private static IEnumerable<string> CheckProgram(CustomToolSettings tool, ProgramFinder programs)
    {
        var found = programs.Find(tool.Program);
        if (found.Path is null)
        {
            yield return found.Problem!;
            yield break;
        }

        var real = File.ResolveLinkTarget(found.Path, returnFinalTarget: true)?.FullName ?? found.Path;
        foreach (var name in (string[])[Path.GetFileName(found.Path), Path.GetFileName(real)])
        {
            if (!Interpreters.Contains(name) && !VersionedInterpreter().IsMatch(name)) continue;
            yield return $"'{name}' runs other programs, so it cannot be held to its arguments";
            yield break;
        }
    }

    private static IEnumerable<SchemaError> CheckOptions(IReadOnlyList<CustomOption> options, string at)
    {
        for (var i = 0; i < options.Count; i++)
        {
            var option = options[i];
            if (options.Take(i).Any(other => other.Name == option.Name) || option.Name == CustomTool.TargetArgument)
                yield return new SchemaError($"{at}[{i}].name", $"'{option.Name}' is the name of another argument");
            if (option is { Flag: null, Pattern: null })
                yield return new SchemaError($"{at}[{i}]", "needs a flag, a pattern or both");
            if (option.Pattern is { } pattern && !IsPattern(pattern))
                yield return new SchemaError($"{at}[{i}].pattern", "is no regular expression");
        }
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A(python|pypy|perl|ruby|lua|php|node|tclsh|bash|ksh|zsh)[0-9.]*\z")]
    private static partial Regex VersionedInterpreter();
}
