using Sallyport.Hosting.Reload;

namespace Sallyport.Tests.Hosting.Operations;

/// <summary>When a changed settings file is read, and that it is read whole.</summary>
public sealed class SettingsFileWatchTests : IAsyncDisposable
{
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);

    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-watch-").FullName;
    private readonly FakeClock _clock = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly List<string> _read = [];
    private readonly SemaphoreSlim _changed = new(0);
    private readonly Task _watching;

    public SettingsFileWatchTests()
    {
        File.WriteAllText(Settings, "first");
        _watching = new SettingsFileWatch(Settings, _clock).RunAsync(
            () =>
            {
                _read.Add(File.Exists(Settings) ? File.ReadAllText(Settings) : "gone");
                _changed.Release();
                return Task.CompletedTask;
            },
            _stop.Token);
    }

    private string Settings => Path.Combine(_folder, "sallyport.yaml");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
        _changed.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_that_is_still_being_written_is_read_once_it_is_whole()
    {
        await File.WriteAllTextAsync(Settings, "second, first ha", TestContext.Current.CancellationToken);
        await _clock.TimerSetAsync(Settling);
        await File.AppendAllTextAsync(Settings, "lf and second half", TestContext.Current.CancellationToken);
        _clock.Advance(Settling);
        await SettleAsync();

        Assert.Equal(["second, first half and second half"], _read);
    }

    [Fact]
    public async Task A_link_that_leads_elsewhere_and_a_file_that_goes_are_noticed_one_after_the_other()
    {
        var other = Path.Combine(_folder, "other.yaml");
        await File.WriteAllTextAsync(other, "elsewhere", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(other + ".link", other);
        File.Move(other + ".link", Settings, overwrite: true);
        await SettleAsync();
        File.Delete(Settings);
        await SettleAsync();

        Assert.Equal(["elsewhere", "gone"], _read);
    }

    /// <summary>Lets the time pass in which a file must not change, as often as it takes.</summary>
    private async Task SettleAsync()
    {
        await _clock.TimerSetAsync(Settling);
        _clock.Advance(Settling);
        await _changed.WaitAsync(TestContext.Current.CancellationToken);
    }
}
