using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sallyport.Connectors.Defender.Access;
using Sallyport.Core;
using Sallyport.Core.Http;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Defender;

/// <summary>One tenant's way to Defender XDR: its own sign-in, tokens, connections and pace for each service.</summary>
internal sealed partial class DefenderClient : IAsyncDisposable
{
    private const string Name = "Defender";
    private const int MaxPages = 5;
    private const int MaxDepth = 64;

    private static readonly TimeSpan HuntTimeout = TimeSpan.FromSeconds(200);
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(300);

    private readonly EntraTokens _tokens;
    private readonly Dictionary<DefenderService, UpstreamHttp> _services;

    public DefenderClient(DefenderSettings settings, UpstreamContext context)
    {
        List<SchemaError> errors = [];
        Addresses = DefenderAddresses.Of(settings, errors) ?? throw new UpstreamException(UpstreamFailure.Unavailable, $"This tenant's Defender settings are wrong: {errors[0]}.");
        if (Addresses.IsLoopback && !context.AllowLoopback)
            throw new UpstreamException(UpstreamFailure.Unavailable, "This tenant's Defender address is on this machine, which the settings do not allow.");
        (Settings, Time, Operations) = (settings, context.Time, DefenderOperations.Of(Addresses.Flavor));
        if (IsLegacy)
            LogLegacy(context.Loggers.CreateLogger("Sallyport.Defender"), context.Tenant);
        _tokens = new EntraTokens(settings, Addresses, context);
        var caches = Enum.GetValues<DefenderService>().Select(service => Addresses[service].Scope).Distinct().ToDictionary(scope => scope, _tokens.For);
        _services = Enum.GetValues<DefenderService>().ToDictionary(service => service, service => new UpstreamHttp(Options(service, caches[Addresses[service].Scope]), context));
    }

    public DefenderSettings Settings { get; }

    public DefenderAddresses Addresses { get; }

    public DefenderOperations Operations { get; }

    public TimeProvider Time { get; }

    public bool IsLegacy => Addresses.Flavor == ApiFlavor.Legacy;

    /// <summary>Sends one of the closed list of operations; anything but success becomes a failure that names the missing permission.</summary>
    public async Task<UpstreamResponse> SendAsync(DefenderCall call, CancellationToken cancellationToken)
    {
        var request = Request(call);
        using var limit = new CancellationTokenSource(CallTimeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var response = await _services[call.Operation.Service].SendAsync(request, either.Token);
            if (response.IsSuccess)
                return response;
            await using (response)
                throw await DefenderErrors.ReadAsync(response, call.Operation, Time, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new UpstreamException(UpstreamFailure.Timeout, $"{Name} did not answer within {CallTimeout.TotalSeconds:0} s, waits included.");
        }
    }

    public async Task<JsonDocument> ReadAsync(DefenderCall call, CancellationToken cancellationToken)
    {
        await using var response = await SendAsync(call, cancellationToken);
        response.RequireJson();
        try
        {
            var document = await JsonDocument.ParseAsync(response.Body, new JsonDocumentOptions { MaxDepth = MaxDepth }, cancellationToken);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // The exception's text may quote the answer.
        }

        throw new UpstreamException(UpstreamFailure.InvalidResponse, $"{Name} answered with JSON that is not what it documents.");
    }

    /// <summary>The items of a list, over at most five pages; a link that leaves the list's own address is not followed.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(DefenderCall call, int limit, CancellationToken cancellationToken)
    {
        List<JsonElement> items = [];
        DefenderCall? page = call;
        for (var pages = 0; page is not null && pages < MaxPages && items.Count < limit; pages++)
        {
            using var document = await ReadAsync(page, cancellationToken);
            if (!document.RootElement.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Array)
                throw new UpstreamException(UpstreamFailure.InvalidResponse, $"{Name} answered without the list that is due.");
            items.AddRange(value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Take(limit - items.Count).Select(item => item.Clone()));
            page = document.RootElement.Text("@odata.nextLink") is { } link && items.Count < limit ? call with { Query = NextQuery(call.Operation, link) } : null;
        }

        return items;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var service in _services.Values)
            service.Dispose();
        _tokens.Dispose();
        return ValueTask.CompletedTask;
    }

    private UpstreamRequest Request(DefenderCall call)
    {
        var operation = call.Operation;
        if (!Operations.Contains(operation))
            throw new InvalidOperationException($"{operation.Method} {operation.Path} is not an operation of this flavour.");
        var path = call.Id is { } id ? operation.Path.Replace("{id}", PathSegment.Escape("id", id), StringComparison.Ordinal) : operation.Path;
        return new UpstreamRequest(operation.Method, new Uri(Addresses[operation.Service].Origin, path + call.Query))
        {
            Body = call.Body is { } body ? () => Json(body) : null,
            Retry = operation == Operations.Hunt ? UpstreamRetry.CostlyReads : operation.Method == HttpMethod.Get ? UpstreamRetry.Reads : UpstreamRetry.IfNotExecuted,
            Headers = IsLegacy ? [] : [new("Prefer", "include-unknown-enum-members")],
        };
    }

    private string NextQuery(DefenderOperation operation, string link)
    {
        var origin = Addresses[operation.Service].Origin;
        return Uri.TryCreate(link, UriKind.Absolute, out var next) && next.Scheme == origin.Scheme && next.Host == origin.Host && next.Port == origin.Port
            && next.UserInfo.Length == 0 && next.AbsolutePath == operation.Path
            ? next.Query
            : throw new UpstreamException(UpstreamFailure.InvalidResponse, $"{Name} named a next page at another address, which is refused.");
    }

    /// <summary>What Microsoft publishes for one application in one tenant, per minute.</summary>
    private int RateOf(DefenderService service) => service switch
    {
        DefenderService.Hunting => 45,
        DefenderService.Alerts => IsLegacy ? 100 : 150,
        DefenderService.Incidents => 50,
        _ => 100,
    };

    private UpstreamHttpOptions Options(DefenderService service, AccessTokenCache tokens) => new()
    {
        Name = Name,
        Tokens = tokens,
        AttemptTimeout = service == DefenderService.Hunting ? HuntTimeout : ReadTimeout,
        MaxConnections = 20,
        Addresses = Addresses.IsLoopback ? AddressRule.Any : AddressRule.Public,
        // A third at once and two thirds over the minute: no minute, wherever it begins, holds more than the rate.
        Pace = new Pace(RateOf(service) / 3, TimeSpan.FromSeconds(30), Time),
    };

    private static ByteArrayContent Json(byte[] body)
        => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };

    [LoggerMessage(Level = LogLevel.Warning, EventName = "legacy-api-flavor", Message = "{Tenant}: Defender is reached by its older interfaces, which are being retired; move to Microsoft Graph")]
    private static partial void LogLegacy(ILogger log, string tenant);
}
