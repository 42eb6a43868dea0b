using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sallyport.Core.Sources;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Investigations.Asking;

/// <summary>
/// Puts one question to every source of a call's tenant at the same time. Each is a call of its own on the same road: with
/// its own audit pair, asked of the same gates, behind its own breaker. What a source does not answer is said, never left out.
/// </summary>
internal sealed class SourceDesk(ToolCall call, IReadOnlyList<CatalogEntry> sources, ViewMemory memory) : IDisposable
{
    /// <summary>More than any source answers within its limits; a source that sends more fails, and says so.</summary>
    private const int MostBytes = 32 * 1024 * 1024;

    private readonly InnerCalls _inner = call.Inner!;
    private readonly Lock _lock = new();
    private readonly List<SourceReport> _reports = [];
    private CancellationTokenSource? _budget;
    private int _calls;

    public DateTimeOffset Now { get; } = call.Inner!.Time.GetUtcNow();

    public ToolCall Call => call;

    public ViewMemory Memory => memory;

    /// <summary>In the order of the sources' names, whatever the order in which they answered.</summary>
    public IReadOnlyList<SourceReport> Reports
    {
        get
        {
            lock (_lock)
                return [.. _reports.OrderBy(report => report.Asked, StringComparer.Ordinal).ThenBy(report => report.Source, StringComparer.Ordinal).ThenBy(report => report.CallId, StringComparer.Ordinal)];
        }
    }

    /// <summary>The time that all questions of this call have together.</summary>
    public void Allow(TimeSpan budget) => _budget = new CancellationTokenSource(budget, _inner.Time);

    public void Dispose() => _budget?.Dispose();

    /// <summary>Platforms that know this sort of thing at all.</summary>
    public IEnumerable<CatalogEntry> Of(SourceKind kind) => sources.Where(entry => entry.Source!.Kind == kind && entry.IsOfferedBy(call.Tenant));

    public Task<IReadOnlyList<Found<SeenHost>>> HostsAsync(Func<string, HostQuestion?> question, CancellationToken cancellationToken)
        => AskAsync(SourceKind.Hosts, entry => question(NameOf(entry)), SourceJson.Default.HostQuestion, SourceJson.Default.AnswerSeenHost, cancellationToken);

    public Task<IReadOnlyList<Found<SeenUser>>> UsersAsync(Func<string, UserQuestion?> question, CancellationToken cancellationToken)
        => AskAsync(SourceKind.Users, entry => question(NameOf(entry)), SourceJson.Default.UserQuestion, SourceJson.Default.AnswerSeenUser, cancellationToken);

    public Task<IReadOnlyList<Found<SeenAlert>>> AlertsAsync(Func<string, AlertQuestion?> question, CancellationToken cancellationToken)
        => AskAsync(SourceKind.Alerts, entry => question(NameOf(entry)), SourceJson.Default.AlertQuestion, SourceJson.Default.AnswerSeenAlert, cancellationToken);

    public Task<IReadOnlyList<Found<SeenIncident>>> IncidentsAsync(Func<string, IncidentQuestion?> question, CancellationToken cancellationToken)
        => AskAsync(SourceKind.Incidents, entry => question(NameOf(entry)), SourceJson.Default.IncidentQuestion, SourceJson.Default.AnswerSeenIncident, cancellationToken);

    public Task<IReadOnlyList<Found<SeenVulnerability>>> VulnerabilitiesAsync(Func<string, VulnerabilityQuestion?> question, CancellationToken cancellationToken)
        => AskAsync(SourceKind.Vulnerabilities, entry => question(NameOf(entry)), SourceJson.Default.VulnerabilityQuestion, SourceJson.Default.AnswerSeenVulnerability, cancellationToken);

    public Task<IReadOnlyList<Found<Sighting>>> SightingsAsync(IndicatorQuestion question, CancellationToken cancellationToken) => AskAsync(
        SourceKind.Indicators, entry => entry.Source!.Observables.Contains(question.Kind) ? question : null, SourceJson.Default.IndicatorQuestion, SourceJson.Default.AnswerSighting, cancellationToken);

    public static string NameOf(CatalogEntry entry) => entry.Connector.Id;

    private async Task<IReadOnlyList<Found<TItem>>> AskAsync<TQuestion, TItem>(
        SourceKind kind, Func<CatalogEntry, TQuestion?> question, JsonTypeInfo<TQuestion> asked, JsonTypeInfo<Answer<TItem>> answered, CancellationToken cancellationToken)
        where TQuestion : class
    {
        var answers = await Task.WhenAll(
            from entry in Of(kind)
            let one = question(entry)
            where one is not null
            select AskOneAsync(entry, JsonSerializer.SerializeToUtf8Bytes(one, asked), answered, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return [.. answers.SelectMany(items => items)];
    }

    private async Task<IReadOnlyList<Found<TItem>>> AskOneAsync<TItem>(
        CatalogEntry entry, ReadOnlyMemory<byte> question, JsonTypeInfo<Answer<TItem>> answered, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _budget?.Token ?? CancellationToken.None);
        var id = $"{call.Id}-{Interlocked.Increment(ref _calls)}";
        var started = _inner.Time.GetTimestamp();
        var outcome = await _inner.RunAsync(Inner(id, entry, question), MostBytes, either.Token);
        var (name, what, took) = (NameOf(entry), entry.Source!.Kind.ToString().ToLowerInvariant(), _inner.Time.GetElapsedTime(started));
        if (outcome is ToolOutcome.Succeeded succeeded)
        {
            var answer = JsonSerializer.Deserialize(succeeded.Json.Span, answered)!;
            Note(new SourceReport(name, what, answer.Items.Count > 0 ? SourceStatus.Ok : SourceStatus.Empty, answer.Items.Count, answer.Total, answer.Incomplete, null, null, null, took, id));
            return [.. answer.Items.Select(item => new Found<TItem>(name, item))];
        }

        var (status, problem) = (StatusOf(outcome), outcome.Problem!);
        var message = problem.Code == ErrorCode.Cancelled ? "It did not answer within the time that this call has." : problem.Message;
        Note(new SourceReport(name, what, status, 0, null, null, problem.Code == ErrorCode.Cancelled ? null : problem.Code, message, problem.RetryAfter, took, id));
        return [];
    }

    private ToolCall Inner(string id, CatalogEntry entry, ReadOnlyMemory<byte> question) => new(id, entry, call.Tenant, call.Caller, CallArguments.Read(question, entry.Tool))
    {
        Parent = call.Id,
        Account = call.Caller.Account is { } account && account.Tenant == call.Tenant.Id && account.Connector == entry.Connector.Id ? account : null,
    };

    private static SourceStatus StatusOf(ToolOutcome outcome) => outcome switch
    {
        ToolOutcome.Refused { Error.Code: ErrorCode.Forbidden } => SourceStatus.Denied,
        { Problem.Code: ErrorCode.CircuitOpen } => SourceStatus.BreakerOpen,
        { Problem.Code: ErrorCode.Cancelled or "upstream_timeout" } => SourceStatus.TimedOut,
        _ => SourceStatus.Failed,
    };

    private void Note(SourceReport report)
    {
        lock (_lock)
            _reports.Add(report);
    }
}
