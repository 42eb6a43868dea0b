using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sallyport.Tests;

/// <summary>Waits for what another thread brings about; a test fails by itself when that never happens.</summary>
internal static class Soon
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task HoldsAsync(Func<bool> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "")
    {
        var started = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"It never happened: {what}");
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
