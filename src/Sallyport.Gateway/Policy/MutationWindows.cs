using System.Collections.Concurrent;

namespace Sallyport.Gateway.Policy;

/// <summary>Who has changed how much lately. Outlives the limits: changed settings forgive nothing.</summary>
public sealed class MutationWindows(TimeProvider time)
{
    private const int MostWindows = 10_000;

    private readonly ConcurrentDictionary<string, SlidingWindow> _windows = new(StringComparer.Ordinal);

    internal SlidingWindow Of(string subject, RateLimit limit)
    {
        if (_windows.Count > MostWindows)
        {
            foreach (var (idle, _) in _windows.Where(pair => pair.Value.IsIdle(limit)))
                _windows.TryRemove(idle, out _);
        }

        return _windows.GetOrAdd(subject, _ => new SlidingWindow(time));
    }
}
