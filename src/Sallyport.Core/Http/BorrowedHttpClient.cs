namespace Sallyport.Core.Http;

/// <summary>Lends our way to a platform to a library that insists on an <see cref="HttpClient"/>: the same address rule, limits and retries, no redirects.</summary>
public static class BorrowedHttpClient
{
    /// <param name="retry">After which failures the library's requests are repeated.</param>
    /// <param name="place">Where a request really goes; throws for addresses that the library has no business with.</param>
    public static HttpClient Over(UpstreamHttp http, UpstreamRetry retry, Func<Uri, Uri> place) => new(new Handler(http, retry, place), disposeHandler: true);

    /// <summary>For a library that sends by itself to an address which the operator named: no redirects, cookies or proxies of the environment, and never a metadata service.</summary>
    /// <param name="name">What stands there, for messages.</param>
    public static HttpClient ToOperators(string name, TimeSpan timeout)
        => new(UpstreamHandler.Create(new UpstreamHttpOptions { Name = name, Addresses = AddressRule.Any }), disposeHandler: true) { Timeout = timeout };

    private sealed class Handler(UpstreamHttp http, UpstreamRetry retry, Func<Uri, Uri> place) : HttpMessageHandler
    {
        /// <summary>Only method, address and body go through: a library's own headers tell about this machine.</summary>
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            var type = request.Content?.Headers.ContentType;
            var ours = new UpstreamRequest(request.Method, place(request.RequestUri!))
            {
                Body = body is null ? null : () => new ByteArrayContent(body) { Headers = { ContentType = type } },
                Retry = retry,
                IsAuthenticated = false,
            };
            await using var answer = await http.SendAsync(ours, cancellationToken);
            using var whole = new MemoryStream();
            await answer.Body.CopyToAsync(whole, cancellationToken);
            var message = new HttpResponseMessage(answer.Status) { RequestMessage = request, Content = new ByteArrayContent(whole.ToArray()) };
            message.Content.Headers.ContentType = answer.ContentHeaders.ContentType;
            message.Headers.RetryAfter = answer.Headers.RetryAfter;
            return message;
        }
    }
}
