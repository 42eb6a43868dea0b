namespace Sallyport.Core.Schemas;

/// <summary>One thing wrong with a document: where, and what is allowed there. Never the value itself.</summary>
public sealed record SchemaError(string Path, string Message)
{
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
