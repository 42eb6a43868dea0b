namespace Sallyport.Configuration.Loading;

/// <summary>Where a setting's value came from.</summary>
/// <param name="Where">For people: <c>sallyport.yaml:12</c>, or a variable's name.</param>
internal sealed record Origin(OriginKind Kind, string Where)
{
    public static Origin Default { get; } = new(OriginKind.Default, "default");

    /// <summary>For a value taken through a reference: what was read in its place.</summary>
    public string? Reference { get; init; }

    public override string ToString() => Reference is null ? Where : $"{Where}, {Reference}";
}

/// <summary>The kinds of places, weakest first: a later one wins over an earlier one.</summary>
internal enum OriginKind
{
    Default,
    File,
    DotEnv,
    Environment,
    CommandLine,
}
