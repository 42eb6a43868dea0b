using System.Globalization;
using System.Text;

namespace Sallyport.Connectors.Vectra.Access;

/// <summary>A path below the API root and its parameters, in the order they were added; what is null is left out.</summary>
internal sealed class VectraQuery(string path)
{
    private readonly StringBuilder _text = new(path);
    private bool _hasParameters;

    /// <summary>What the path is about, for messages: <c>detections</c>.</summary>
    public string Resource => path.Split('/')[0];

    public VectraQuery With(string name, string? value)
    {
        if (value is null)
            return this;
        _text.Append(_hasParameters ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _hasParameters = true;
        return this;
    }

    public VectraQuery With(string name, long? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    public VectraQuery With(string name, bool? value) => With(name, value switch { null => null, true => "true", false => "false" });

    public VectraQuery With(string name, IEnumerable<string>? values) => With(name, values is null ? null : string.Join(',', values));

    public VectraQuery Copy()
    {
        var copy = new VectraQuery(path) { _hasParameters = _hasParameters };
        copy._text.Clear().Append(_text);
        return copy;
    }

    public override string ToString() => _text.ToString();
}
