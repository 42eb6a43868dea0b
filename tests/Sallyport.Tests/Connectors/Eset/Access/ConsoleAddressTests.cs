using Sallyport.Connectors.Eset;
using Sallyport.Connectors.Eset.Access;

namespace Sallyport.Tests.Connectors.Eset.Access;

public sealed class ConsoleAddressTests
{
    [Theory]
    [InlineData("https://protect.example.com:9443", "https://protect.example.com:9443/")]
    [InlineData(" HTTPS://Protect.Example.COM/ ", "https://protect.example.com/")]
    [InlineData("https://10.0.0.5:9443", "https://10.0.0.5:9443/")]
    [InlineData("https://[fd00::5]:9443", "https://[fd00::5]:9443/")]
    public void An_origin_is_taken_and_always_written_the_same_way(string text, string origin)
    {
        Assert.Null(ConsoleAddress.Problem(text));
        Assert.Equal(new Uri(origin), ConsoleAddress.Origin(text));
    }

    [Theory, Trait("defect", "D3")]
    [InlineData("http://protect.example.com")]
    [InlineData("protect.example.com")]
    [InlineData("https://")]
    [InlineData("https://[fd00::5")]
    [InlineData("https://user:secret@protect.example.com")]
    [InlineData("https://protect.example.com/era")]
    [InlineData("https://protect.example.com/?x=1")]
    [InlineData("https://protect.example.com/#x")]
    [InlineData("https://protect.example.com:0")]
    [InlineData("https://protect.example.com:70000")]
    [InlineData("")]
    public void Anything_but_one_https_origin_is_refused(string text) => Assert.NotNull(ConsoleAddress.Problem(text));

    [Theory, Trait("defect", "D27")]
    [InlineData("Eu", "device-management", "https://eu.device-management.eset.systems/")]
    [InlineData("De", "iam", "https://de.iam.eset.systems/")]
    [InlineData("Us", "incident-management", "https://us.incident-management.eset.systems/")]
    [InlineData("Ca", "quarantine-management", "https://ca.quarantine-management.eset.systems/")]
    [InlineData("Jpn", "web-access-protection", "https://jpn.web-access-protection.eset.systems/")]
    public void Each_service_has_a_host_in_each_region(string region, string service, string host)
    {
        var place = EsetPlace.Cloud(Enum.Parse<EsetRegion>(region));

        Assert.Equal(new Uri(host), place.Of(service));
        Assert.Equal($"https://{region.ToLowerInvariant()}.business-account.iam.eset.systems/oauth/token", place.SignIn.AbsoluteUri);
    }

    [Fact]
    public void A_console_has_one_address_for_everything()
    {
        var place = EsetPlace.Console(ConsoleAddress.Origin("https://protect.example.com:9443"));

        Assert.Equal(place.Of("iam"), place.Of("device-management"));
        Assert.Equal("https://protect.example.com:9443/GetTokens", place.SignIn.AbsoluteUri);
    }
}
