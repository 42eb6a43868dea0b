using System.Text.Json.Serialization.Metadata;
using Sallyport.Connectors.Eset.Access;
using Sallyport.Connectors.Eset.Execution;
using Sallyport.Connectors.Eset.Observing;
using Sallyport.Core;
using Sallyport.Core.Http;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset;

/// <summary>One tenant's way to ESET: its place, its sign-in, its pace, and the answers it still waits for.</summary>
internal sealed class EsetClient : IRestClient, IAsyncDisposable
{
    private const string ProbedService = "device-management";

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(120);

    private readonly UpstreamHttp _http;
    private readonly PendingAnswers _pending;
    private readonly EsetWatch _watch;
    private readonly TimeProvider _time;

    public EsetClient(EsetSettings settings, UpstreamContext context, SignInGuard guard)
    {
        (Place, IsReadOnly, _time) = (EsetPlace.From(settings), context.IsReadOnly, context.Time);
        Region = EsetPlace.RegionName(settings.Region);
        var signIn = new EsetSignIn(Place, settings.User ?? "", settings.Password ?? new Secret(""), guard, _time);
        _watch = new EsetWatch(settings.Deployment, settings.User ?? "", context.Loggers.CreateLogger("Sallyport.Eset"));
        var tokens = new AccessTokenCache(async (need, token) =>
        {
            var fresh = await signIn.AcquireAsync(_http!, need.Previous, token);
            _watch.Refreshed(need.Reason);
            return fresh;
        }, signIn.Early, _time);
        _http = new UpstreamHttp(Options(settings, context.AllowLoopback, tokens), context);
        EsetMetrics.ClientMade();
        _pending = new PendingAnswers(_http, TimeSpan.FromSeconds(settings.AnswerWaitSeconds), _time);
    }

    public EsetPlace Place { get; }

    public string Region { get; }

    public bool IsReadOnly { get; }

    public string? TemplateFor(RestOperation operation) => Place.TemplateFor(operation);

    public async Task<ToolContent> SendAsync(RestCall call, ToolContext context, CancellationToken cancellationToken)
    {
        var response = await AnswerAsync(call, isFile: false, context, cancellationToken);
        NoteRead(call, context);
        return await ContentAsync(response, cancellationToken);
    }

    /// <summary>An operation whose answer is an archive.</summary>
    public async Task<ToolContent> DownloadAsync(RestCall call, ToolContext context, CancellationToken cancellationToken)
    {
        await using var response = await AnswerAsync(call, isFile: true, context, cancellationToken);
        return await FileAnswer.ReadAsync(response, context, cancellationToken);
    }

    public async Task<ToolContent> ResumeAsync(string handle, ToolContext context, CancellationToken cancellationToken)
    {
        var pending = _pending.Find(handle);
        var response = await CheckedAsync(await _pending.WaitAsync(pending, context, cancellationToken));
        if (!pending.IsFile)
            return await ContentAsync(response, cancellationToken);
        await using (response)
            return await FileAnswer.ReadAsync(response, context, cancellationToken);
    }

    /// <summary>One answer, read. For work that looks into what ESET says rather than passing it on.</summary>
    public async Task<T> GetAsync<T>(string service, string pathAndQuery, JsonTypeInfo<T> type, ToolContext context, CancellationToken cancellationToken)
    {
        var request = UpstreamRequest.Get(new Uri(Place.Of(service), pathAndQuery)) with { Service = service };
        await using var response = await AnswerAsync(request, isFile: false, context, cancellationToken);
        return await response.ReadAsync(type, cancellationToken);
    }

    /// <summary>Signs in and asks for one row of what every deployment has.</summary>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var request = UpstreamRequest.Get(new Uri(Place.Of(ProbedService), "/v1/device_groups?pageSize=1")) with { Service = ProbedService };
        await using var response = await _http.SendAsync(request, cancellationToken);
        EsetFailures.ThrowIfFailed(response, _time);
        response.RequireJson();
    }

    public ValueTask DisposeAsync()
    {
        _watch.Closed();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<UpstreamResponse> AnswerAsync(RestCall call, bool isFile, ToolContext context, CancellationToken cancellationToken)
    {
        var request = new UpstreamRequest(call.Operation.Method, new Uri(Place.Of(call.Operation.Service), call.Path + call.Query))
        {
            Body = call.Body is { } body ? () => Json(body) : null,
            Service = call.Operation.Service,
            Accept = isFile ? "application/zip, application/octet-stream, application/json" : "application/json",
            Retry = call.Operation.Access == ToolAccess.Read ? UpstreamRetry.Reads : UpstreamRetry.IfNotExecuted,
        };
        return AnswerAsync(request, isFile, context, cancellationToken);
    }

    private async Task<UpstreamResponse> AnswerAsync(UpstreamRequest request, bool isFile, ToolContext context, CancellationToken cancellationToken)
    {
        var response = await _http.SendAsync(request, cancellationToken);
        if (response.Status == System.Net.HttpStatusCode.Accepted)
            response = await _pending.FollowAsync(request, response, isFile, context, cancellationToken);
        return await CheckedAsync(response);
    }

    private async Task<UpstreamResponse> CheckedAsync(UpstreamResponse response)
    {
        try
        {
            EsetFailures.ThrowIfFailed(response, _time);
            return response;
        }
        catch (UpstreamException)
        {
            await response.DisposeAsync();
            throw;
        }
    }

    /// <summary>JSON goes on as it arrives; changes often answer with nothing at all, which stands for an empty object.</summary>
    private static async Task<ToolContent> ContentAsync(UpstreamResponse response, CancellationToken cancellationToken)
    {
        var first = new byte[1];
        if (!response.IsEmpty && await response.Body.ReadAtLeastAsync(first, 1, throwOnEndOfStream: false, cancellationToken) == 1)
        {
            response.RequireJson();
            return ToolContent.FromStream(new FirstByteStream(first[0], response.Body), response);
        }

        await response.DisposeAsync();
        return ToolContent.FromJson("{}"u8.ToArray());
    }

    private static void NoteRead(RestCall call, ToolContext context)
    {
        const string Suffix = "Uuid}";
        var template = call.Operation.Template;
        if (call.Operation.Method != HttpMethod.Get || !template.EndsWith(Suffix, StringComparison.Ordinal))
            return;
        var kind = template[(template.LastIndexOf('{') + 1)..^Suffix.Length];
        context.NoteRead(kind, call.Path[(call.Path.LastIndexOf('/') + 1)..]);
    }

    private static ByteArrayContent Json(ReadOnlyMemory<byte> body)
        => new(body.ToArray()) { Headers = { ContentType = new("application/json") } };

    private UpstreamHttpOptions Options(EsetSettings settings, bool allowLoopback, AccessTokenCache tokens) => new()
    {
        Name = "ESET",
        Deployment = _watch.Deployment,
        RequestIdHeader = EsetFailures.RequestIdHeader,
        OnRepeat = _watch.Repeated,
        Tokens = tokens,
        AttemptTimeout = AttemptTimeout,
        // Evenly spaced, because a burst beside the refill would exceed ESET's limit within one second.
        Pace = settings.RequestsPerSecond == 0 ? null : new Pace(1, TimeSpan.FromSeconds(1.0 / settings.RequestsPerSecond), _time),
        Addresses = allowLoopback ? AddressRule.Any : Place.IsOnPrem ? AddressRule.PublicOrPrivate : AddressRule.Public,
        CaFile = Place.IsOnPrem ? settings.CaFile : null,
        VerifyCertificate = !Place.IsOnPrem || settings.VerifyCertificate,
        Headers = Place.IsOnPrem && settings.CloudflareAccess is { } access
            ? [new("CF-Access-Client-Id", access.ClientId), new("CF-Access-Client-Secret", access.ClientSecret)]
            : [],
    };
}
