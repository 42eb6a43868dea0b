using Sallyport.Core;

namespace Sallyport.Connectors.Network.Running;

/// <summary>How many programs of one kind, and of all kinds, may run at once for a tenant; who finds no place waits a while.</summary>
internal sealed class Slots(int all, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Places _all = new(all);

    public void Use(int all) => _all.Use(all);

    /// <summary>A narrower gate for one kind of program.</summary>
    public SlotKind For(string what, int count) => new(this, what, count);

    /// <summary>The places for one kind of program.</summary>
    internal sealed class SlotKind(Slots slots, string what, int count)
    {
        private readonly Places _kind = new(count);

        public void Use(int count) => _kind.Use(count);

        /// <summary>Dispose what comes back to give the place to the next. Waits half a minute.</summary>
        public Task<IDisposable> EnterAsync(CancellationToken cancellationToken) => EnterAsync(LongestWait, cancellationToken);

        public async Task<IDisposable> EnterAsync(TimeSpan longestWait, CancellationToken cancellationToken)
        {
            using var timeout = new CancellationTokenSource(longestWait, slots.Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                await _kind.EnterAsync(either.Token);
                try
                {
                    await slots._all.EnterAsync(either.Token);
                }
                catch (OperationCanceledException)
                {
                    _kind.Leave();
                    throw;
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new UpstreamException(UpstreamFailure.Throttled, $"No place for another {what} came free within {LongestWait.TotalSeconds} seconds.")
                {
                    RetryAfter = LongestWait,
                    SaysNothingOfHealth = true,
                    Hint = "Wait for the runs under way, or ask for smaller ones.",
                };
            }

            return new Place(() =>
            {
                slots._all.Leave();
                _kind.Leave();
            });
        }
    }

    private TimeProvider Clock => clock;

    private sealed class Place(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
