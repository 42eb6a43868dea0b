namespace Sallyport.Core.Observability;

/// <summary>JSON in a log record: a JSON log holds it as it is, a text log as its text.</summary>
public readonly record struct LoggedJson(string Json)
{
    public override string ToString() => Json;
}
