namespace Sallyport.Core.Operating;

/// <summary>Something an operator can do about one platform from the command line: <c>sallyport eset drift --specs …</c>.</summary>
/// <param name="Name">The word after the connector's.</param>
/// <param name="Options">Each is required and takes one text.</param>
/// <param name="RunAsync">Writes its result and says whether all is well.</param>
public sealed record OperatorCommand(
    string Name,
    string Description,
    IReadOnlyList<OperatorOption> Options,
    Func<IReadOnlyDictionary<string, string>, TextWriter, CancellationToken, Task<bool>> RunAsync);

/// <summary>One value that a command is told.</summary>
/// <param name="Name">Without the dashes.</param>
public sealed record OperatorOption(string Name, string Description, string HelpName);
