using System.Text;
using Sallyport.Configuration.Sections;
using Sallyport.Hosting.Observing;

namespace Sallyport.Tests.Hosting.Observing;

/// <summary>Metrics as Prometheus would read them from this process; other tests in it are counted, too.</summary>
internal sealed class Scrape : IDisposable
{
    private readonly Observers _observers = Observers.Start(new ObservabilitySettings(), hasPage: true);

    public string Text(Func<string, bool>? isGranted = null) => Encoding.UTF8.GetString(_observers.Page!.Render(isGranted ?? (static _ => true)));

    public IEnumerable<string> Lines(string containing) => Text().Split('\n').Where(line => line.Contains(containing, StringComparison.Ordinal));

    public void Dispose() => _observers.Dispose();
}
