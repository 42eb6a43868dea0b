using Sallyport.Connectors.Network.Nmap.Scripts;

namespace Sallyport.Connectors.Network.Nmap;

/// <summary>The scripts of the installed nmap, read once and again when its index changes.</summary>
internal sealed class ScriptShelf
{
    private readonly Lock _lock = new();
    private (string Directory, DateTime Written, ScriptPolicy? Policy) _read;

    /// <summary>Null when this nmap comes without scripts.</summary>
    /// <param name="nmap">Path of the program; its scripts are in <c>../share/nmap/scripts</c>.</param>
    public ScriptPolicy? For(string nmap)
    {
        var directory = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(nmap)!, "..", "share", "nmap", "scripts"));
        var written = File.GetLastWriteTimeUtc(Path.Combine(directory, ScriptIndex.DatabaseName));
        lock (_lock)
        {
            if (_read.Directory != directory || _read.Written != written)
                _read = (directory, written, ScriptIndex.Load(directory) is { } index ? new ScriptPolicy(index) : null);
            return _read.Policy;
        }
    }
}
