namespace Sallyport.Connectors.Network.Running;

/// <summary>As many places as the settings say at the moment. A smaller number holds as places come free; nobody is sent away.</summary>
internal sealed class Places(int count)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _queue = new();
    private int _count = count;
    private int _taken;

    public void Use(int changed)
    {
        lock (_lock)
        {
            _count = changed;
            LetIn();
        }
    }

    /// <summary>First come, first served. Each entry is followed by one <see cref="Leave"/>.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        var mine = new LinkedListNode<TaskCompletionSource>(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _queue.AddLast(mine);
            LetIn();
        }

        await using var registration = cancellationToken.Register(() => GiveUp(mine, cancellationToken));
        await mine.Value.Task;
    }

    public void Leave()
    {
        lock (_lock)
        {
            _taken--;
            LetIn();
        }
    }

    private void LetIn()
    {
        while (_taken < _count && _queue.First is { } first)
        {
            _queue.RemoveFirst();
            _taken++;
            first.Value.SetResult();
        }
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> mine, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Let in at this very moment.
            if (mine.List is null) return;
            _queue.Remove(mine);
        }

        mine.Value.SetCanceled(cancellationToken);
    }
}
