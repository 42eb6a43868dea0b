namespace Sallyport.Simulator.Faults;

/// <summary>What happens to the next requests to a path.</summary>
public sealed class FaultScript
{
    private readonly string _pathPrefix;
    private readonly string? _method;
    private int _skip;
    private int _left;

    internal FaultScript(string pathPrefix, FaultStep step, int times, int skip, string? method)
    {
        (_pathPrefix, Step, _left, _skip, _method) = (pathPrefix, step, times, skip, method);
    }

    /// <summary>How often it was applied.</summary>
    public int Applied { get; private set; }

    internal FaultStep Step { get; }

    internal bool Takes(string method, string path)
    {
        if (_left == 0 || (_method is not null && !_method.Equals(method, StringComparison.OrdinalIgnoreCase))
            || !path.StartsWith(_pathPrefix, StringComparison.OrdinalIgnoreCase))
            return false;
        if (_skip > 0)
        {
            _skip--;
            return false;
        }
        _left--;
        Applied++;
        return true;
    }
}
