namespace Sallyport.Gateway.Investigations.Asking;

/// <summary>Keeps the last few joined results for a few minutes, so that the rest of one is the rest of the same one and is not asked for again.</summary>
internal sealed class ViewMemory
{
    private const int MostKept = 32;
    private const int MostBytesEach = 8 * 1024 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Key, DateTimeOffset Made, View View)> _views = new();

    public View? Find(string key, DateTimeOffset now)
    {
        lock (_lock)
        {
            for (var at = _views.First; at is not null; at = at.Next)
            {
                if (at.Value.Key == key)
                    return now - at.Value.Made < Kept ? at.Value.View : null;
            }

            return null;
        }
    }

    public void Keep(string key, View view, DateTimeOffset now)
    {
        if (view.Json.Length > MostBytesEach)
            return;
        lock (_lock)
        {
            for (var at = _views.First; at is not null; at = at.Next)
            {
                if (at.Value.Key != key)
                    continue;
                _views.Remove(at);
                break;
            }

            _views.AddFirst((key, now, view));
            if (_views.Count > MostKept)
                _views.RemoveLast();
        }
    }
}
