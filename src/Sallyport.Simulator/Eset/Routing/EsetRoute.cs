namespace Sallyport.Simulator.Eset.Routing;

/// <summary>One documented operation and who answers it.</summary>
internal sealed class EsetRoute
{
    private readonly string[] _segments;

    /// <param name="operation">As documented: <c>POST /v1/devices/{deviceUuid}:rename</c>.</param>
    public EsetRoute(string service, string operation, Func<EsetRequest, Task> answer)
    {
        var space = operation.IndexOf(' ', StringComparison.Ordinal);
        (Service, Method, Answer, _segments) = (service, operation[..space], answer, operation[(space + 1)..].Split('/'));
    }

    public string Service { get; }

    public string Method { get; }

    public Func<EsetRequest, Task> Answer { get; }

    /// <summary>Whether only a console spells the path so, or only the cloud; both when null.</summary>
    public bool? IsOnPremOnly { get; init; }

    /// <summary>An operation that changes something and answers an empty object.</summary>
    public static EsetRoute Change(string service, string operation, Func<EsetRequest, bool> change) => new(service, operation, request
        => change(request) ? EsetAnswers.EmptyAsync(request.Http) : EsetAnswers.ErrorAsync(request.Http, 404));

    public Dictionary<string, string>? Match(string method, string[] path)
    {
        if (method != Method || path.Length != _segments.Length)
            return null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < path.Length; i++)
        {
            if (!Matches(_segments[i], path[i], values))
                return null;
        }

        return values;
    }

    private static bool Matches(string pattern, string segment, Dictionary<string, string> values)
    {
        if (!pattern.StartsWith('{'))
            return pattern == segment;
        var end = pattern.IndexOf('}', StringComparison.Ordinal);
        var verb = pattern[(end + 1)..];
        if (!segment.EndsWith(verb, StringComparison.Ordinal) || segment.Length == verb.Length || (verb.Length == 0 && segment.Contains(':', StringComparison.Ordinal)))
            return false;
        values[pattern[1..end]] = Uri.UnescapeDataString(segment[..^verb.Length]);
        return true;
    }
}
