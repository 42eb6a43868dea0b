using System.Net;
using System.Net.Http.Headers;
using Sallyport.Core;
using Sallyport.Core.Http;
using Sallyport.Gateway.Audit.Forwarding;

namespace Sallyport.Gateway.Audit.Sinks;

/// <summary>Batches of records, posted to a collector.</summary>
public sealed class HttpsSink : IAuditSink
{
    private readonly Uri _address;
    private readonly BatchForm _form;
    private readonly UpstreamHttp _http;
    private readonly TimeProvider _clock;

    /// <param name="address">The collector.</param>
    /// <param name="form">How a batch is laid out.</param>
    /// <param name="token">Shown to the collector, in the way that the form asks for.</param>
    /// <param name="caFile">PEM file of the only authorities to trust.</param>
    /// <param name="context">Clock and logs.</param>
    public HttpsSink(Uri address, BatchForm form, Secret? token, string? caFile, UpstreamContext context)
    {
        (_address, _form, _clock) = (address, form, context.Time);
        var scheme = form == BatchForm.SplunkHec ? "Splunk" : "Bearer";
        _http = new UpstreamHttp(
            new UpstreamHttpOptions
            {
                Name = "Audit receiver",
                // The operator named it, and collectors often run beside the gate.
                Addresses = AddressRule.Any,
                CaFile = caFile,
                MaxConnections = 1,
                MaxRetries = 0,
                MaxResponseBytes = 1 << 20,
                Headers = token is { IsEmpty: false } ? [new("Authorization", new Secret($"{scheme} {token.Reveal()}"))] : [],
            },
            context);
    }

    public TimeSpan Doubt => TimeSpan.Zero;

    public bool IsConnected => true;

    public int MaxRecordBytes => int.MaxValue;

    public async Task SendAsync(IReadOnlyList<AuditLine> records, CancellationToken cancellationToken)
    {
        var body = HttpsBatch.Write(_form, records);
        var request = new UpstreamRequest(HttpMethod.Post, _address)
        {
            Body = () => new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(HttpsBatch.TypeOf(_form)) } },
            Accept = "*/*",
        };
        try
        {
            await using var answer = await _http.SendAsync(request, cancellationToken);
            if (answer.IsSuccess) return;
            throw new SinkException($"answered HTTP {(int)answer.Status}")
            {
                RetryAfter = answer.RetryAfter(_clock),
                IsRejected = IsFinal(answer.Status),
                IsMendable = IsMendable(answer.Status),
            };
        }
        catch (UpstreamException failure)
        {
            throw new SinkException($"cannot be reached ({failure.Failure})", failure);
        }
    }

    public Task<bool> FinishAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsFinal(HttpStatusCode status) =>
        status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);

    private static bool IsMendable(HttpStatusCode status) => status is
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.ProxyAuthenticationRequired;
}
