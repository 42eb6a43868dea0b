namespace Sallyport.Core.Tools;

/// <summary>The arguments of a tool that takes none.</summary>
public sealed record Nothing;
