namespace Sallyport.Gateway.Policy.Limits;

/// <summary>The last few different calls of one caller, and how often each was made.</summary>
internal sealed class RecentCalls(TimeProvider time)
{
    private const int MostDifferent = 16;

    private readonly Lock _lock = new();
    private readonly List<(string Call, SlidingWindow Times)> _calls = [];

    public bool IsIdle
    {
        get
        {
            lock (_lock)
                return _calls.TrueForAll(call => call.Times.IsIdle);
        }
    }

    public SlidingWindow Of(string call)
    {
        lock (_lock)
        {
            var at = _calls.FindIndex(known => known.Call == call);
            var found = at < 0 ? (call, new SlidingWindow(time)) : _calls[at];
            if (at >= 0)
                _calls.RemoveAt(at);
            else if (_calls.Count == MostDifferent)
                _calls.RemoveAt(0);
            _calls.Add(found);
            return found.Item2;
        }
    }
}
