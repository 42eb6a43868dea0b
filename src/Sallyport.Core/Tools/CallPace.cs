namespace Sallyport.Core.Tools;

/// <summary>How often one caller may use a tool in a span of time, unless the operator says otherwise.</summary>
public sealed record CallPace(int Count, TimeSpan Window);
