namespace Sallyport.Core.Tools;

/// <summary>How far a running call has come, for a person who waits.</summary>
public readonly record struct ToolProgress(double Done, double? Total, string? Message);
