namespace Sallyport.Configuration.Loading;

/// <summary>The process's environment with .env behind it: what is really set always wins. An empty variable counts as not set.</summary>
internal sealed class VariableSource(IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> dotEnv)
{
    /// <summary>Every variable that is set, each once.</summary>
    public IReadOnlyDictionary<string, string> All { get; } = dotEnv.Concat(environment)
        .Where(variable => variable.Value.Length > 0)
        .GroupBy(variable => variable.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);

    public (string Value, OriginKind Kind)? Find(string name)
    {
        if (environment.TryGetValue(name, out var set) && set.Length > 0)
            return (set, OriginKind.Environment);
        return dotEnv.TryGetValue(name, out var written) && written.Length > 0 ? (written, OriginKind.DotEnv) : null;
    }

    public Origin OriginOf(string name) => Find(name)?.Kind == OriginKind.DotEnv
        ? new Origin(OriginKind.DotEnv, $".env: {name}")
        : new Origin(OriginKind.Environment, $"environment: {name}");
}
