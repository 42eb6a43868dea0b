namespace Sallyport.Commands;

/// <summary>Waits until the operator ends the program.</summary>
internal static class Stopped
{
    public static async Task WaitAsync(CancellationToken cancellationToken)
        => await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
