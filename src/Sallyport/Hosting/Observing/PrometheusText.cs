using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Sallyport.Hosting.Observing;

/// <summary>Writes the text format 0.0.4 of Prometheus: help, type, and one line for each series.</summary>
internal sealed class PrometheusText(Func<string, bool> isGranted)
{
    private const string TenantLabel = "tenant";

    private readonly StringBuilder _text = new(16 * 1024);

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(_text.ToString());

    public void Add(Metric metric)
    {
        var type = TypeOf(metric.MetricType);
        var name = NameOf(metric.Name, metric.Unit, isCounter: type == "counter");
        var isHeaded = false;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (!MayShow(point.Tags))
                continue;
            if (!isHeaded)
            {
                _text.Append("# HELP ").Append(name).Append(' ');
                Escape(metric.Description, isQuoted: false);
                _text.Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
                isHeaded = true;
            }

            Add(name, metric.MetricType, point);
        }
    }

    /// <summary>The name with its unit and, for counters, <c>_total</c> behind it, where they are not there already.</summary>
    internal static string NameOf(string name, string unit, bool isCounter)
    {
        var clean = new StringBuilder(name.Length + 16);
        foreach (var character in name)
            clean.Append(char.IsAsciiLetterOrDigit(character) ? character : '_');
        var word = unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        var plain = clean.ToString();
        if (!plain.EndsWith(word, StringComparison.Ordinal) && !plain.EndsWith(word + "_total", StringComparison.Ordinal))
            plain += word;
        return isCounter && !plain.EndsWith("_total", StringComparison.Ordinal) ? plain + "_total" : plain;
    }

    private static string TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.Histogram => "histogram",
        _ => "gauge",
    };

    private bool MayShow(ReadOnlyTagCollection tags)
    {
        foreach (var (key, value) in tags)
        {
            if (key == TenantLabel && value is string tenant && !isGranted(tenant))
                return false;
        }

        return true;
    }

    private void Add(string name, MetricType type, in MetricPoint point)
    {
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                Line(name, point.Tags, null, point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                Line(name, point.Tags, null, point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                Line(name, point.Tags, null, point.GetGaugeLastValueLong());
                break;
            case MetricType.DoubleGauge:
                Line(name, point.Tags, null, point.GetGaugeLastValueDouble());
                break;
            case MetricType.Histogram:
                Histogram(name, point);
                break;
        }
    }

    /// <summary>Buckets count what is no larger than their bound, all smaller ones included.</summary>
    private void Histogram(string name, in MetricPoint point)
    {
        long upTo = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            upTo += bucket.BucketCount;
            Line(name + "_bucket", point.Tags, double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : Number(bucket.ExplicitBound), upTo);
        }

        Line(name + "_sum", point.Tags, null, point.GetHistogramSum());
        Line(name + "_count", point.Tags, null, point.GetHistogramCount());
    }

    private void Line(string name, ReadOnlyTagCollection tags, string? bound, double value)
    {
        _text.Append(name);
        var before = '{';
        foreach (var (key, tag) in tags)
        {
            Label(before, NameOf(key, "", isCounter: false), Convert.ToString(tag, CultureInfo.InvariantCulture) ?? "");
            before = ',';
        }

        if (bound is not null)
        {
            Label(before, "le", bound);
            before = ',';
        }

        if (before == ',')
            _text.Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private void Label(char before, string name, string value)
    {
        _text.Append(before).Append(name).Append("=\"");
        Escape(value, isQuoted: true);
        _text.Append('"');
    }

    private void Escape(string text, bool isQuoted)
    {
        foreach (var character in text)
        {
            _ = character switch
            {
                '\\' => _text.Append("\\\\"),
                '\n' => _text.Append("\\n"),
                '"' when isQuoted => _text.Append("\\\""),
                _ => _text.Append(character),
            };
        }
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
