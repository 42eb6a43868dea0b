using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Sallyport.Configuration.Sections;
using Sallyport.Core;
using Sallyport.Core.Http;
using Sallyport.Core.Observability;

namespace Sallyport.Hosting.Observing;

/// <summary>Those who look at the gate from outside: the page that Prometheus reads, and a collector that traces and metrics are sent to.</summary>
internal sealed class Observers : IDisposable
{
    private readonly MeterProvider? _metrics;
    private readonly TracerProvider? _traces;
    private readonly ProcessGauges? _process;

    private Observers(PrometheusPage? page, MeterProvider? metrics, TracerProvider? traces)
    {
        (Page, _metrics, _traces) = (page, metrics, traces);
        _process = metrics is null ? null : new ProcessGauges();
    }

    /// <summary>Null when metrics are switched off, or nobody can read them.</summary>
    public PrometheusPage? Page { get; }

    /// <param name="hasPage">Whether HTTP is served, so that somebody can read a page.</param>
    public static Observers Start(ObservabilitySettings settings, bool hasPage)
    {
        var page = hasPage && settings.Metrics ? new PrometheusPage() : null;
        var collector = settings.Otlp is { } address ? new Uri(address.TrimEnd('/') + "/") : null;
        if (collector is not null)
            RememberHeaders(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_HEADERS"));
        return new Observers(page, page is null && collector is null ? null : Metrics(page, collector), collector is null ? null : Traces(collector, settings.TracesPerSecond));
    }

    public void Dispose()
    {
        // Traces and metrics that still wait are sent first.
        _traces?.Dispose();
        _metrics?.Dispose();
        _process?.Dispose();
    }

    private static MeterProvider Metrics(PrometheusPage? page, Uri? collector)
    {
        var builder = Sdk.CreateMeterProviderBuilder().ConfigureResource(Describe).AddMeter(Telemetry.Name);
        if (page is not null)
            builder.AddReader(page.Reader);
        if (collector is not null)
            builder.AddOtlpExporter(options => Send(options, new Uri(collector, "v1/metrics")));
        return builder.Build();
    }

    private static TracerProvider Traces(Uri collector, int perSecond)
    {
        var builder = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(Describe).AddSource(Telemetry.Name).AddOtlpExporter(options => Send(options, new Uri(collector, "v1/traces")));
        // The variable that every OpenTelemetry program reads has its way.
        if (Environment.GetEnvironmentVariable("OTEL_TRACES_SAMPLER") is null)
            builder.SetSampler(new ParentBasedSampler(new NewTraceSampler(perSecond, TimeProvider.System)));
        return builder.Build();
    }

    private static void Send(OtlpExporterOptions options, Uri address)
    {
        (options.Endpoint, options.Protocol) = (address, OtlpExportProtocol.HttpProtobuf);
        // A key for the collector goes with each request, and must not follow a redirect.
        options.HttpClientFactory = () => BorrowedHttpClient.ToOperators("The collector", TimeSpan.FromMilliseconds(options.TimeoutMilliseconds));
    }

    private static void Describe(ResourceBuilder resource) => resource.AddService(Product.Name, serviceVersion: Product.Version);

    /// <summary>The collector's key comes by the variable that every OpenTelemetry program reads.</summary>
    private static void RememberHeaders(string? headers)
    {
        foreach (var header in headers?.Split(',') ?? [])
            Secret.Remember(Uri.UnescapeDataString(header[(header.IndexOf('=') + 1)..]));
    }
}
