namespace Sallyport.Tests;

/// <summary>Whoever listens to traces hears the whole process, so tests that listen, or need that nobody does, take turns.</summary>
[CollectionDefinition(Name)]
public sealed class TraceListeners
{
    public const string Name = "trace listeners";
}
