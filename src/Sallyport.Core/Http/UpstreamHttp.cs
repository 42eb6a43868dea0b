using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Sallyport.Core.Observability;
using Sallyport.Core.Resilience;

namespace Sallyport.Core.Http;

/// <summary>
/// The one way to a platform over HTTP: paced, with a token that is renewed once when refused, repeated only where
/// repeating cannot do harm, and every fault turned into an <see cref="UpstreamException"/>.
/// </summary>
public sealed partial class UpstreamHttp : IDisposable
{
    private static readonly string UserAgent =
        $"Sallyport/{typeof(UpstreamHttp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0"}";

    private readonly UpstreamHttpOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly string _tenant;
    private readonly HttpMessageInvoker _client;

    public UpstreamHttp(UpstreamHttpOptions options, UpstreamContext context)
    {
        (_options, _time, _tenant) = (options, context.Time, context.Tenant);
        _log = context.Loggers.CreateLogger("Sallyport.Upstream");
        _client = new HttpMessageInvoker(UpstreamHandler.Create(options), disposeHandler: true);
    }

    /// <summary>Sends until it is answered or must not be repeated. Any status but 401, 429 and retried ones is the caller's to judge.</summary>
    public async Task<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken)
    {
        var tokens = request.IsAuthenticated ? _options.Tokens : null;
        var token = tokens is null ? null : await tokens.GetAsync(cancellationToken);
        var waited = TimeSpan.Zero;
        for (var attempt = 0; ; attempt++)
        {
            if (_options.Pace is { } pace)
                await pace.WaitAsync(cancellationToken);
            var (response, fault) = await TryOnceAsync(request, token, cancellationToken);
            if (response is { Status: HttpStatusCode.Unauthorized } && tokens is not null)
            {
                await response.DisposeAsync();
                _options.OnRepeat?.Invoke(new UpstreamRepeat(request, (int)HttpStatusCode.Unauthorized, "401", attempt + 1, _options.MaxRetries + 1, TimeSpan.Zero));
                // When there is no other token, that is what failed: the platform has done nothing.
                token = await tokens.ReplaceAsync(token!, cancellationToken);
                (response, fault) = await TryOnceAsync(request, token, cancellationToken);
            }

            if (response is not null && !Retries.IsTransient(response.Status))
                return response;
            var wait = Retries.Wait(attempt, response?.RetryAfter(_time), _options.MaxRetryAfter);
            var again = attempt < _options.MaxRetries && waited + wait <= _options.MaxRetryTime
                && (response is not null ? Retries.Allows(request.Retry, response.Status) : Retries.Allows(request.Retry, fault!));
            if (!again)
                return response ?? throw Final(request, fault!);
            if (response is not null)
                await response.DisposeAsync();
            UpstreamExchange.CountRetry(_options.Name, _tenant, fault?.Failure, response?.Status);
            TellRepeat(new UpstreamRepeat(
                request, (int?)response?.Status, response is null ? fault!.Failure.ToString() : ((int)response.Status).ToString(CultureInfo.InvariantCulture), attempt + 1, _options.MaxRetries + 1, wait));
            waited += wait;
            await Slot.WaitAsideAsync(wait, _time, cancellationToken);
        }
    }

    public void Dispose() => _client.Dispose();

    private void TellRepeat(UpstreamRepeat repeat)
    {
        if (_options.OnRepeat is { } told)
            told(repeat);
        else
            LogRetry(_options.Name, _tenant, repeat.Attempt, repeat.Reason, (long)repeat.Wait.TotalMilliseconds);
    }

    /// <summary>An answer, or why there is none.</summary>
    private async Task<(UpstreamResponse? Response, UpstreamException? Fault)> TryOnceAsync(UpstreamRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        try
        {
            return (await SendOnceAsync(request, token, cancellationToken), null);
        }
        catch (UpstreamException fault)
        {
            return (null, fault);
        }
    }

    private async Task<UpstreamResponse> SendOnceAsync(UpstreamRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        using var message = Message(request, token);
        var exchange = UpstreamExchange.Begin(_options.Name, _tenant, message);
        var attempt = new Attempt(request.AttemptTimeout ?? _options.AttemptTimeout, _time, cancellationToken);
        try
        {
            var answer = await _client.SendAsync(message, attempt.Token);
            var body = await answer.Content.ReadAsStreamAsync(attempt.Token);
            var took = exchange.Answered(answer.StatusCode);
            TellComplete(request, answer.StatusCode, took, answer.Headers);
            return new UpstreamResponse(answer, body, attempt, _options.Name, _options.MaxResponseBytes);
        }
        catch (Exception exception) when (exception is not UpstreamException)
        {
            var timedOut = attempt.TimedOut;
            attempt.Dispose();
            if (cancellationToken.IsCancellationRequested)
            {
                exchange.Cancelled();
                throw;
            }

            var fault = Faults.ToUpstream(_options.Name, exception, timedOut);
            exchange.Failed(fault.Failure);
            throw fault;
        }
        catch (UpstreamException exception)
        {
            exchange.Failed(exception.Failure);
            attempt.Dispose();
            throw;
        }
    }

    private HttpRequestMessage Message(UpstreamRequest request, AccessToken? token)
    {
        var message = new HttpRequestMessage(request.Method, request.Address) { Content = request.Body?.Invoke(), Version = HttpVersion.Version11 };
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        if (token is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        foreach (var (name, value) in _options.Headers)
            message.Headers.TryAddWithoutValidation(name, value.Reveal());
        foreach (var (name, value) in request.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    /// <summary>A write that was sent and not answered may have happened; saying "timeout" would invite a repeat.</summary>
    private UpstreamException Final(UpstreamRequest request, UpstreamException fault)
        => request.Retry is UpstreamRetry.Reads or UpstreamRetry.CostlyReads || Faults.WasNeverSent(fault) || fault.Failure is UpstreamFailure.Auth
            ? fault
            : new UpstreamException(UpstreamFailure.OutcomeUnknown, $"{_options.Name} did not answer a change that was sent; it may have happened.", fault)
            {
                Hint = "Read the object before trying again.",
            };

    /// <summary>An answer that is still being prepared completes nothing.</summary>
    private void TellComplete(UpstreamRequest request, HttpStatusCode status, TimeSpan took, HttpResponseHeaders headers)
    {
        var level = (int)status < 400 ? LogLevel.Information : LogLevel.Warning;
        if (status == HttpStatusCode.Accepted || !_log.IsEnabled(level))
            return;
        LogComplete(
            level, _options.Name, _tenant, request.Method.Method, request.Service ?? request.Address.Host, (int)status, (long)took.TotalMilliseconds, _options.Deployment,
            _options.RequestIdHeader is { } header ? ResponseId.Of(headers, header) : null);
    }

#pragma warning disable SYSLIB1015 // What only some platforms have is a field and no part of the sentence.
    [LoggerMessage(EventName = "http_request_complete", Message = "{Platform} for {Tenant}: {Method} of {Service} answered {Status} in {DurationMs} ms", SkipEnabledCheck = true)]
    private partial void LogComplete(
        LogLevel level, string platform, string tenant, string method, string service, int status, long durationMs, string? deployment, string? requestId);
#pragma warning restore SYSLIB1015

    [LoggerMessage(Level = LogLevel.Warning, EventName = "upstream-retry", Message = "{Platform} for {Tenant}: attempt {Attempt} failed ({Reason}), next in {DelayMs} ms")]
    private partial void LogRetry(string platform, string tenant, int attempt, string reason, long delayMs);
}
