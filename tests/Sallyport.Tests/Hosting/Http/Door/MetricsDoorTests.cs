using System.Net;
using Sallyport.Hosting.Http;
using Sallyport.Hosting.Observing;
using Sallyport.Tests.Mcp;

namespace Sallyport.Tests.Hosting.Http.Door;

public sealed class MetricsDoorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/metrics", HttpStatusCode.OK)]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/tools", HttpStatusCode.NotFound)]
    [InlineData("GET", "/health/live", HttpStatusCode.NotFound)]
    [InlineData("GET", "/approvals", HttpStatusCode.NotFound)]
    [InlineData("GET", "/metrics/", HttpStatusCode.NotFound)]
    [InlineData("POST", "/mcp", HttpStatusCode.NotFound)]
    [InlineData("POST", "/mcp/", HttpStatusCode.NotFound)]
    [InlineData("POST", "/tools/sample_text_echo/execute", HttpStatusCode.NotFound)]
    public async Task By_the_second_address_there_are_metrics_and_nothing_else(string method, string path, HttpStatusCode expected)
    {
        using var page = new PrometheusPage();
        await using var edge = await StartAsync(page);

        using var answer = await edge.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(edge.MetricsAddress, path)), Token);

        Assert.Equal(expected, answer.StatusCode);
        Assert.NotEqual(edge.Address, edge.MetricsAddress);
    }

    [Fact]
    public async Task The_second_address_lets_nobody_in_whom_the_first_would_not()
    {
        using var page = new PrometheusPage();
        await using var edge = await StartAsync(page);
        using var stranger = new HttpClient();
        using var foreign = new HttpRequestMessage(HttpMethod.Get, new Uri(edge.MetricsAddress, "/metrics")) { Headers = { Host = "metrics.evil.test" } };

        using var unknown = await stranger.GetAsync(new Uri(edge.MetricsAddress, "/metrics"), Token);
        using var misled = await edge.Client.SendAsync(foreign, Token);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (unknown.StatusCode, misled.StatusCode));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task So_it_is_over_tls_in_every_version_of_the_protocol(string version)
    {
        using var page = new PrometheusPage();
        using var certificate = Connectors.Defender.Some.Certificate();
        await using var edge = await StartAsync(page, new ServerTls(certificate, []));
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        using var client = new HttpClient(handler) { DefaultRequestVersion = new Version(version), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        client.DefaultRequestHeaders.Authorization = edge.Client.DefaultRequestHeaders.Authorization;

        using var metrics = await client.GetAsync(new Uri(edge.MetricsAddress, "/metrics"), Token);
        using var tools = await client.GetAsync(new Uri(edge.MetricsAddress, "/tools"), Token);
        using var first = await client.GetAsync(new Uri(edge.Address, "/tools"), Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.OK), (metrics.StatusCode, tools.StatusCode, first.StatusCode));
        Assert.Equal(new Version(version), tools.Version);
    }

    [Fact]
    public async Task The_first_address_goes_on_serving_everything()
    {
        using var page = new PrometheusPage();
        await using var edge = await StartAsync(page);

        foreach (var path in (string[])["/metrics", "/tools", "/health/live"])
        {
            using var answer = await edge.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named()
    {
        using var page = new PrometheusPage();
        await using var edge = await StartAsync(page);
        var taken = new IPEndPoint(IPAddress.Loopback, edge.MetricsAddress.Port);

        var refused = await Assert.ThrowsAsync<ListenException>(() => TestEdge.StartAsync(options => options with { MetricsListen = taken }, Token));

        Assert.Contains(taken.ToString(), refused.Message, StringComparison.Ordinal);
    }

    private static Task<TestEdge> StartAsync(PrometheusPage page, ServerTls? tls = null)
        => TestEdge.StartAsync(options => options with { Metrics = page, MetricsListen = new IPEndPoint(IPAddress.Loopback, 0), Tls = tls }, Token);
}
