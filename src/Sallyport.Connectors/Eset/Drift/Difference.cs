namespace Sallyport.Connectors.Eset.Drift;

/// <summary>One way in which a service differs from our table.</summary>
/// <param name="Where">Service, method and path, then the member.</param>
internal sealed record Difference(DifferenceKind Kind, string Where, string What)
{
    public override string ToString() => $"{Where}: {What}";
}

/// <summary>How a service differs from our table.</summary>
internal enum DifferenceKind
{
    /// <summary>The service offers something our table lacks, or no longer offers what it has.</summary>
    Operation,

    Member,

    Type,

    Value,

    /// <summary>The service demands a member that we let a caller leave out.</summary>
    RequiredThere,

    /// <summary>We demand a member without which the call makes no sense, though the service does not say so.</summary>
    RequiredHere,
}
