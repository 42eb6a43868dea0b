using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Sallyport.Connectors.Network.Custom;

/// <summary>A program that an operator offers as a tool, with everything about its command line that a caller may decide.</summary>
internal sealed record CustomToolSettings(
    [Description("Name of the tool: net_ and lower-case words."), RegularExpression("^net_[a-z0-9]+(_[a-z0-9]+){0,6}$"), StringLength(53)] string Name,
    [Description("What comes back and when to pick it; the model reads this."), StringLength(1024, MinimumLength = 10)] string Description,
    [Description("Program: a name in the system directories or an absolute path; owned by root, no shell, no interpreter."), StringLength(255, MinimumLength = 1)]
    string Program,
    [Description("What the caller may set, in the order of the command line.")] IReadOnlyList<CustomOption>? Options = null,
    [Description("Arguments that are always given, before all others.")] IReadOnlyList<string>? FixedArguments = null,
    [Description("Where the checked target goes.")] TargetPosition Target = TargetPosition.Last,
    [Description("Option in front of the target, for example --host.")] string? TargetOption = null,
    [Description("Put -- in front of a target that is last.")] bool EndOfOptions = false,
    [Description("Addresses that a target may have."), Range(1, 1024)] int MaxAddresses = 1,
    [Description("read looks, write changes something: a read-only tenant refuses it.")] CustomAccess Access = CustomAccess.Read,
    [Description("A write that a person must approve.")] bool Destructive = false,
    [Description("Exit codes that are an answer.")] IReadOnlyList<int>? AnswerExitCodes = null,
    [Description("Seconds it may take."), Range(1, 3600)] int MaxSeconds = 60,
    [Description("Runs at a time."), Range(1, 10)] int Concurrency = 2,
    [Description("Standard output kept, in bytes."), Range(1024, 10485760)] int MaxOutputBytes = 65536,
    [Description("Memory, in MiB."), Range(16, 8192)] int MaxMemoryMegabytes = 512);

/// <summary>One thing about the command line that a caller may set.</summary>
/// <param name="Flag">Absent: the value stands alone.</param>
/// <param name="Pattern">Absent: the option is a switch without a value.</param>
internal sealed record CustomOption(
    [Description("Name of the argument, lower case."), RegularExpression("^[a-z][a-z0-9_]{0,40}$")] string Name,
    [Description("What it does; the model reads this."), StringLength(512, MinimumLength = 1)] string Description,
    [Description("Option on the command line, for example --depth."), RegularExpression("^--?[A-Za-z0-9][A-Za-z0-9-]{0,40}$")] string? Flag = null,
    [Description("Regular expression that the whole value must match."), StringLength(512, MinimumLength = 1)] string? Pattern = null,
    [Description("The call is refused without it.")] bool Required = false);

/// <summary>Where the target stands on the command line.</summary>
internal enum TargetPosition
{
    [JsonStringEnumMemberName("none")]
    None,

    [JsonStringEnumMemberName("first")]
    First,

    [JsonStringEnumMemberName("last")]
    Last,
}

/// <summary>What the program does to what it is pointed at.</summary>
internal enum CustomAccess
{
    [JsonStringEnumMemberName("read")]
    Read,

    [JsonStringEnumMemberName("write")]
    Write,
}
