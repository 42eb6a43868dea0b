using System.Text.Json;
using Sallyport.Gateway.Approvals;
using Sallyport.Hosting.Http.Pages;

namespace Sallyport.Tests.Hosting.Pages;

public sealed class HeldCallViewTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("</pre></div></main><h1>Approved by your admin</h1>")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("&lt;b&gt; &amp; <b>")]
    public void Whatever_an_agent_or_a_platform_wrote_is_text(string hostile)
    {
        var page = HeldCallView.Of(Held(hostile) with { ApprovedBy = [hostile], TaintedBy = [hostile] }, null).ToString();

        Assert.DoesNotContain(hostile, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, page.Split("<h1>").Length - 1);
        // Once for every place it was put in: tool, tenant, caller, reason, who approved, the read, argument name and value.
        Assert.True(page.Split(System.Text.Encodings.Web.HtmlEncoder.Default.Encode(hostile)).Length - 1 >= 8);
    }

    [Theory]
    [InlineData("a\u202Eb", "a<mark>U&#x2B;202E</mark>b")]
    [InlineData("a\u200Bb", "a<mark>U&#x2B;200B</mark>b")]
    [InlineData("a\u00A0b", "a<mark>U&#x2B;00A0</mark>b")]
    [InlineData("a\U000E0041b", "a<mark>U&#x2B;E0041</mark>b")]
    [InlineData("a\uFE0Fb", "a<mark>U&#x2B;FE0F</mark>b")]
    [InlineData("a\u001Bb", "a<mark>U&#x2B;001B</mark>b")]
    [InlineData("a\nb c\td", "a&#xA;b c&#x9;d")]
    [InlineData("ünï", "&#xFC;n&#xEF;")]
    public void What_would_be_invisible_is_spelled_out(string text, string html)
        => Assert.Equal(html.Replace("U&#x2B;", "U+", StringComparison.Ordinal), VisibleText.Of(text).ToString());

    private static HeldCall Held(string hostile) => new(
        HeldCall.NewId(), "call-7", hostile, hostile, hostile, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { [hostile] = hostile }), "digest", hostile,
        new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero), 2);
}
