using System.Text;
using Sallyport.Core;
using Sallyport.Gateway.Approvals;

namespace Sallyport.Tests.Gateway.Approvals;

public sealed class ShownArgumentsTests
{
    [Fact]
    public void A_person_sees_the_text_itself_but_no_secret_and_no_endless_text()
    {
        _ = new Secret("canary-shown-0815");

        var shown = Shown($$"""{"note":"isolate it, key canary-shown-0815","list":["ä",1,null],"long":"{{new string('x', 5000)}}"}""");

        Assert.StartsWith("""{"note":"isolate it, key ***","list":["ä",1,null],"long":"xxx""", shown, StringComparison.Ordinal);
        Assert.Contains("(5000 characters, SHA-256 ", shown, StringComparison.Ordinal);
        Assert.True(shown.Length < 2300);
    }

    [Fact]
    public void What_is_too_large_is_shown_by_its_digest()
        => Assert.StartsWith("""{"tooLargeToShow":{"bytes":""", Shown($$"""{"list":[{{string.Join(',', Enumerable.Repeat($"\"{new string('y', 1000)}\"", 100))}}]}"""), StringComparison.Ordinal);

    private static string Shown(string json) => Encoding.UTF8.GetString(ShownArguments.Of(Encoding.UTF8.GetBytes(json)).Span);
}
