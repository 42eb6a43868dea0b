using System.Globalization;
using System.Text.Json;
using Sallyport.Connectors.DefectDojo.Access;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Connectors.DefectDojo;

/// <summary>One tenant's way to DefectDojo: one key for reads, one for changes, and a change is never sent twice.</summary>
internal sealed class DefectDojoClient : IAsyncDisposable
{
    private const string Name = "DefectDojo";
    private const int MaxDepth = 64;

    private readonly UpstreamHttp _http;
    private readonly Uri _api;

    public DefectDojoClient(DefectDojoSettings settings, UpstreamContext context)
    {
        var url = new Uri(settings.Url.TrimEnd('/'));
        if (url.IsLoopback && !settings.AllowInsecureHttp && !context.AllowLoopback)
            throw new UpstreamException(UpstreamFailure.Unavailable, "This tenant's DefectDojo address is on this machine, which the settings do not allow.");
        (Settings, Time, _api) = (settings, context.Time, new Uri($"{url.AbsoluteUri.TrimEnd('/')}/api/v2/"));
        _http = new UpstreamHttp(new UpstreamHttpOptions
        {
            Name = Name,
            AttemptTimeout = TimeSpan.FromSeconds(settings.TimeoutSeconds),
            MaxResponseBytes = settings.MaxResponseBytes,
            MaxRetries = 2,
            // Whoever asks for a longer pause is not asked again; the caller is told how long.
            MaxRetryTime = TimeSpan.FromSeconds(5),
            Addresses = settings.AllowInsecureHttp || context.AllowLoopback ? AddressRule.Any : AddressRule.PublicOrPrivate,
            CaFile = settings.CaFile,
        }, context);
    }

    public DefectDojoSettings Settings { get; }

    public TimeProvider Time { get; }

    /// <param name="kind">What the answer is about, for messages: finding 42.</param>
    public Task<JsonElement> GetAsync(string path, string query, string kind, CancellationToken cancellationToken)
        => GetAsync(path, query, kind, Settings.KeyForReads!, cancellationToken);

    public async Task<JsonElement> GetAsync(string path, string query, string kind, Secret key, CancellationToken cancellationToken)
    {
        await using var response = await _http.SendAsync(UpstreamRequest.Get(new Uri(_api, path + query)) with { Headers = Key(key) }, cancellationToken);
        if (!response.IsSuccess)
            throw await DojoErrors.ReadAsync(response, kind, isWrite: false, Time, cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    /// <summary>Sends a change once. An answer that cannot be read leaves open whether it happened, and the failure says so.</summary>
    public async Task<JsonElement> WriteAsync(HttpMethod method, string path, Func<HttpContent> body, string kind, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (Settings.KeyForWrites is not { } key)
        {
            throw new UpstreamException(UpstreamFailure.Forbidden, "This tenant has no key for changes, only one for reads.")
            {
                Hint = "Ask the operator to set writeApiKey (DEFECTDOJO_WRITE_API_KEY).",
            };
        }

        var request = new UpstreamRequest(method, new Uri(_api, path)) { Body = body, Headers = Key(key), AttemptTimeout = timeout };
        await using var response = await _http.SendAsync(request, cancellationToken);
        if (!response.IsSuccess)
            throw await DojoErrors.ReadAsync(response, kind, isWrite: true, Time, cancellationToken);
        if (response.IsEmpty)
            return default;
        try
        {
            return await ReadAsync(response, cancellationToken);
        }
        catch (UpstreamException unread)
        {
            throw new UpstreamException(UpstreamFailure.OutcomeUnknown, $"{Name} took the change and its answer could not be read.", unread) { Hint = "Read the object before trying again." };
        }
    }

    public async Task<JsonElement> FindingAsync(int id, CancellationToken cancellationToken)
        => await GetAsync(string.Create(CultureInfo.InvariantCulture, $"findings/{id}/"), "?related_fields=true", $"finding {id}", cancellationToken);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static KeyValuePair<string, string>[] Key(Secret key) => [new("Authorization", $"Token {key.Reveal()}")];

    private static async Task<JsonElement> ReadAsync(UpstreamResponse response, CancellationToken cancellationToken)
    {
        response.RequireJson();
        try
        {
            using var document = await JsonDocument.ParseAsync(response.Body, new JsonDocumentOptions { MaxDepth = MaxDepth }, cancellationToken);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // The exception's text may quote the answer.
        }

        throw new UpstreamException(UpstreamFailure.InvalidResponse, $"{Name} answered with JSON that is not what it documents.");
    }
}
