namespace Sallyport.Hosting.Reload;

/// <summary>
/// Notices that the settings file changed, also when an editor or an orchestrator puts another file or link in its place. Looks
/// itself every few seconds, because not every file system tells.
/// </summary>
internal sealed class SettingsFileWatch(string file, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    /// <summary>A file that still changes is not read yet.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);

    /// <summary>Calls <paramref name="changed"/> for every change until it is cancelled.</summary>
    public async Task RunAsync(Func<Task> changed, CancellationToken cancellationToken)
    {
        using var nudge = new SemaphoreSlim(0);
        using var watcher = Watch(() => nudge.Release());
        var seen = Mark();
        try
        {
            while (true)
            {
                await nudge.WaitAsync(Between, cancellationToken);
                if (Mark() == seen)
                    continue;
                seen = await SettledAsync(cancellationToken);
                await changed();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The gate stops.
        }
    }

    private async Task<string> SettledAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = Mark();
            await Task.Delay(Settling, time, cancellationToken);
            if (Mark() == before)
                return before;
        }
    }

    /// <summary>Where the name leads, how large that is and when it was written.</summary>
    private string Mark()
    {
        try
        {
            var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
            var about = new FileInfo(target);
            return about.Exists ? $"{target}|{about.Length}|{about.LastWriteTimeUtc.Ticks}" : "";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private FileSystemWatcher? Watch(Action tell)
    {
        try
        {
            var watcher = new FileSystemWatcher(Path.GetDirectoryName(file)!);
            watcher.Changed += (_, _) => tell();
            watcher.Created += (_, _) => tell();
            watcher.Deleted += (_, _) => tell();
            watcher.Renamed += (_, _) => tell();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception refused) when (refused is IOException or ArgumentException or PlatformNotSupportedException)
        {
            // The system has no more watches to give; looking every few seconds does.
            return null;
        }
    }
}
