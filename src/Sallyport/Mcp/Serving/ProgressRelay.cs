using System.Threading.Channels;
using Sallyport.Core.Tools;

namespace Sallyport.Mcp.Serving;

/// <summary>Passes a running call's progress on to the client in order, without ever making the call wait for the client.</summary>
internal sealed class ProgressRelay : IProgress<ToolProgress>, IAsyncDisposable
{
    private const int MostWaiting = 64;

    // A client that reads slowly misses steps in between, which progress can bear.
    private readonly Channel<ToolProgress> _waiting = Channel.CreateBounded<ToolProgress>(new BoundedChannelOptions(MostWaiting)
    {
        FullMode = BoundedChannelFullMode.DropOldest,
        SingleReader = true,
    });

    private readonly Task _pump;

    public ProgressRelay(Func<ToolProgress, Task> send) => _pump = PumpAsync(send);

    public void Report(ToolProgress value) => _waiting.Writer.TryWrite(value);

    /// <summary>Returns once everything reported has been sent: nothing about a call may follow its result.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _pump;
    }

    private async Task PumpAsync(Func<ToolProgress, Task> send)
    {
        try
        {
            await foreach (var progress in _waiting.Reader.ReadAllAsync())
                await send(progress);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            // The client has gone; the call learns that from its cancellation token.
        }
    }
}
