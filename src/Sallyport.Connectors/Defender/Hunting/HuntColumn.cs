namespace Sallyport.Connectors.Defender.Hunting;

/// <summary>A column of a hunt's rows.</summary>
internal sealed record HuntColumn(string Name, string Type);
