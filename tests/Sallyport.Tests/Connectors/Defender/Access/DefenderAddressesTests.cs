using Sallyport.Connectors.Defender.Access;
using Sallyport.Core.Schemas;

namespace Sallyport.Tests.Connectors.Defender.Access;

public sealed class DefenderAddressesTests
{
    [Theory]
    [InlineData("https://graph.microsoft.com", "https://login.microsoftonline.com", "https://graph.microsoft.com/.default")]
    [InlineData("https://graph.microsoft.com/", "https://login.microsoftonline.com/", "https://graph.microsoft.com/.default")]
    [InlineData("https://GRAPH.microsoft.com", "https://login.microsoftonline.com", "https://graph.microsoft.com/.default")]
    [InlineData("https://graph.microsoft.us", "https://login.microsoftonline.us", "https://graph.microsoft.us/.default")]
    [InlineData("https://dod-graph.microsoft.us", "https://login.microsoftonline.us", "https://dod-graph.microsoft.us/.default")]
    [InlineData("https://api.securitycenter.microsoft.com", "https://login.microsoftonline.com", "https://api.securitycenter.microsoft.com/.default")]
    [InlineData("https://eu.api.security.microsoft.com", "https://login.microsoftonline.com", "https://api.securitycenter.microsoft.com/.default")]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000", "https://graph.microsoft.com/.default")]
    [InlineData("http://[::1]:9000", "http://localhost:9000", "https://graph.microsoft.com/.default")]
    public void The_audience_of_tokens_follows_the_host(string api, string authority, string scope)
        => Assert.Equal(scope, Of(api, authority, out _)!.Hunting.Scope);

    [Fact]
    public void The_older_interface_keeps_incidents_on_another_host_with_another_audience()
    {
        var addresses = Of("https://api.securitycenter.microsoft.com", "https://login.microsoftonline.com", out _)!;

        Assert.Equal(new ServiceAddress(new Uri("https://api.security.microsoft.com"), "https://api.security.microsoft.com/.default"), addresses.Incidents);
        Assert.Equal(ApiFlavor.Legacy, addresses.Flavor);
    }

    [Theory]
    [InlineData("http://graph.microsoft.com")]
    [InlineData("https://graph.microsoft.com:8443")]
    [InlineData("https://user@graph.microsoft.com")]
    [InlineData("https://user:pass@graph.microsoft.com")]
    [InlineData("https://graph.microsoft.com/v1.0")]
    [InlineData("https://graph.microsoft.com?x=1")]
    [InlineData("https://graph.microsoft.com#x")]
    [InlineData("https://graph.microsoft.com.evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("https://graph.microsoft.com@evil.example")]
    [InlineData("https://graph.microsoft.com\\@evil.example")]
    [InlineData("https://login.microsoftonline.com")]
    [InlineData("https://10.0.0.1")]
    [InlineData("https://127.0.0.1.evil.example")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("graph.microsoft.com")]
    [InlineData("")]
    public void Any_other_origin_is_refused(string api)
    {
        Assert.Null(Of(api, "https://login.microsoftonline.com", out var errors));
        Assert.Contains(errors, error => error.Path == "apiBase");
    }

    [Theory]
    [InlineData("https://graph.microsoft.com", "https://login.microsoftonline.us")]
    [InlineData("https://graph.microsoft.us", "https://login.microsoftonline.com")]
    [InlineData("https://graph.microsoft.com", "http://127.0.0.1:9000")]
    [InlineData("http://127.0.0.1:9000", "https://login.microsoftonline.com")]
    [InlineData("https://graph.microsoft.com", "https://login.evil.example")]
    public void Interface_and_authority_must_belong_to_one_cloud(string api, string authority)
    {
        Assert.Null(Of(api, authority, out var errors));
        Assert.Contains(errors, error => error.Path == "authorityHost");
    }

    [Fact]
    public void A_flavour_that_does_not_fit_the_host_is_refused()
    {
        List<SchemaError> errors = [];

        Assert.Null(DefenderAddresses.Of(Some.Settings() with { ApiFlavor = ApiFlavor.Legacy }, errors));
        Assert.Contains(errors, error => error.Path == "apiFlavor");
    }

    private static DefenderAddresses? Of(string api, string authority, out List<SchemaError> errors)
        => DefenderAddresses.Of(Some.Settings(api, authority), errors = []);
}
