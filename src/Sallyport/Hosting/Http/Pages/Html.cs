using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Sallyport.Hosting.Http.Pages;

/// <summary>Markup in which everything that is put in between is text: nothing an agent wrote can become markup.</summary>
[InterpolatedStringHandler]
internal readonly struct Html
{
    private readonly StringBuilder _markup;

    public Html(int literalLength, int formattedCount) => _markup = new StringBuilder(literalLength + (formattedCount * 16));

    public static Html None => $"";

    public static Html Join(IEnumerable<Html> parts)
    {
        Html all = $"";
        foreach (var part in parts)
            all.AppendFormatted(part);
        return all;
    }

    public void AppendLiteral(string markup) => _markup.Append(markup);

    public void AppendFormatted(string? text) => _markup.Append(HtmlEncoder.Default.Encode(text ?? ""));

    public void AppendFormatted(int number) => _markup.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Html part) => _markup.Append(part._markup);

    public override string ToString() => _markup.ToString();
}
