using System.Diagnostics.Metrics;
using Sallyport.Configuration.Sections;
using Sallyport.Core.Observability;
using Sallyport.Hosting.Observing;

namespace Sallyport.Tests.Hosting.Observing;

public sealed class PrometheusPageTests : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Name);

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void A_histogram_shows_how_many_were_no_larger_than_each_bound()
    {
        using var scrape = new Scrape();
        var waits = _meter.CreateHistogram("page_waits_seconds", "s", "How long.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 2] });
        foreach (var seconds in (double[])[0.25, 1, 1, 8])
            waits.Record(seconds, new KeyValuePair<string, object?>("tool", "x"));

        Assert.Equal(
            """
            # HELP page_waits_seconds How long.
            # TYPE page_waits_seconds histogram
            page_waits_seconds_bucket{tool="x",le="0.5"} 1
            page_waits_seconds_bucket{tool="x",le="2"} 3
            page_waits_seconds_bucket{tool="x",le="+Inf"} 4
            page_waits_seconds_sum{tool="x"} 10.25
            page_waits_seconds_count{tool="x"} 4
            """.Split('\n'),
            scrape.Lines("page_waits"));
    }

    [Fact]
    public void What_a_label_holds_cannot_begin_a_line_of_its_own()
    {
        using var scrape = new Scrape();
        _meter.CreateCounter<long>("page_labels_total", null, "One\ntwo \\").Add(1, new KeyValuePair<string, object?>("name", "a\"} 1\nforged{x=\"\\"));

        Assert.Equal(
            ["# HELP page_labels_total One\\ntwo \\\\", "# TYPE page_labels_total counter", """page_labels_total{name="a\"} 1\nforged{x=\"\\"} 1"""],
            scrape.Lines("page_labels"));
        Assert.DoesNotContain("\nforged", scrape.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_sees_only_series_of_tenants_granted_to_it()
    {
        using var scrape = new Scrape();
        var calls = _meter.CreateCounter<long>("page_tenants_total");
        foreach (var tenant in (string[])["contoso", "fabrikam"])
            calls.Add(1, new KeyValuePair<string, object?>("tenant", tenant));

        var shown = scrape.Text(tenant => tenant == "contoso").Split('\n').Where(line => line.StartsWith("page_tenants", StringComparison.Ordinal));

        Assert.Equal(["page_tenants_total{tenant=\"contoso\"} 1"], shown);
        Assert.DoesNotContain("page_tenants", scrape.Text(static _ => false), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.y-z", "s", false, "x_y_z_seconds")]
    [InlineData("x_seconds", "s", false, "x_seconds")]
    [InlineData("x_seconds_total", "s", true, "x_seconds_total")]
    [InlineData("x_bytes", "By", false, "x_bytes")]
    [InlineData("x", "{call}", true, "x_total")]
    [InlineData("x", "", false, "x")]
    public void Names_carry_their_unit_once(string name, string unit, bool isCounter, string shown)
        => Assert.Equal(shown, PrometheusText.NameOf(name, unit, isCounter));

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Without_metrics_or_without_http_there_is_no_page(bool metrics, bool hasPage)
    {
        using var observers = Observers.Start(new ObservabilitySettings(Metrics: metrics), hasPage);

        Assert.Null(observers.Page);
    }
}
