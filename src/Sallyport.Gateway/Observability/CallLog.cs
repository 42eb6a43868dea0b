using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sallyport.Core.Observability;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Observability;

/// <summary>The log's account of each call: who asked for what, and how it ended. Free text in arguments is a length and a digest, as in the audit.</summary>
internal static partial class CallLog
{
    private const int LongestArguments = 2_000;

    /// <param name="stopped">How a gate ended it; null when none did. Of arguments that were wrong only the names are kept.</param>
    public static void Invoked(ILogger log, AuditCallOpened opened, CatalogEntry entry, ToolOutcome? stopped) => Invoked(log, opened, entry, IsRejected(stopped));

    /// <param name="isRejected">The arguments were wrong: then only their names are kept.</param>
    public static void Invoked(ILogger log, AuditCallOpened opened, CatalogEntry entry, bool isRejected)
    {
        if (log.IsEnabled(LogLevel.Information))
            Invoked(log, entry.Name, opened.Tenant ?? "", opened.Caller, opened.CallId, new LoggedJson(isRejected ? Names(opened.Arguments) : Shown(opened.Arguments)), isRejected);
    }

    public static void Unknown(ILogger log, string callId, string caller, int nameLength) => Unknown(log, nameLength, caller, callId);

    /// <param name="isShare">One tenant's part of a question to several.</param>
    public static void Ended(ILogger log, AuditCallOpened opened, CatalogEntry entry, ToolOutcome outcome, TimeSpan took, bool isShare)
    {
        if (entry.Tool.Access == ToolAccess.Write)
            Changed(log, opened, entry, outcome);
        var level = LevelOf(outcome);
        if (!log.IsEnabled(level))
            return;
        var (tenant, milliseconds, word, bytes) = (opened.Tenant ?? "", (long)took.TotalMilliseconds, CallMetrics.StatusOf(outcome), BytesOf(outcome));
        switch (outcome.Problem)
        {
            case null when isShare:
                ShareSucceeded(log, entry.Name, tenant, milliseconds, bytes, opened.CallId);
                break;
            case null:
                Succeeded(log, entry.Name, tenant, milliseconds, bytes, 1, opened.CallId);
                break;
            case { Code: var code } when isShare:
                ShareFailed(log, level, entry.Name, tenant, code, word, milliseconds, opened.CallId);
                break;
            case { Code: var code }:
                Failed(log, level, entry.Name, tenant, milliseconds, code, word, 1, opened.CallId);
                break;
        }
    }

    /// <summary>The end of a question to several tenants, whose parts have lines of their own.</summary>
    public static void Joined(ILogger log, CatalogEntry entry, int tenants, ToolOutcome outcome, TimeSpan took)
    {
        var level = LevelOf(outcome);
        if (!log.IsEnabled(level))
            return;
        var (milliseconds, word, bytes) = ((long)took.TotalMilliseconds, CallMetrics.StatusOf(outcome), BytesOf(outcome));
        if (outcome.Problem is { Code: var code })
            Failed(log, level, entry.Name, "*", milliseconds, code, word, tenants, outcome.CallId);
        else
            Succeeded(log, entry.Name, "*", milliseconds, bytes, tenants, outcome.CallId);
    }

    /// <summary>Whether it came to a change or not: who reads only this event sees every try.</summary>
    private static void Changed(ILogger log, AuditCallOpened opened, CatalogEntry entry, ToolOutcome outcome)
    {
        if (!log.IsEnabled(LogLevel.Information))
            return;
        var (arguments, word) = (IsRejected(outcome) ? Names(opened.Arguments) : Shown(opened.Arguments), CallMetrics.StatusOf(outcome));
        Changes(log, entry.Name, opened.Tenant ?? "", opened.Caller, word, new LoggedJson(arguments), opened.CallId);
    }

    /// <summary>Arguments that are wrong may hold anything.</summary>
    private static bool IsRejected(ToolOutcome? outcome) => outcome is ToolOutcome.Refused { Error.Code: ErrorCode.InvalidArguments };

    private static int BytesOf(ToolOutcome outcome) => outcome is ToolOutcome.Succeeded { Json.Length: var bytes } ? bytes : 0;

    private static LogLevel LevelOf(ToolOutcome outcome) => outcome switch
    {
        ToolOutcome.Succeeded => LogLevel.Information,
        ToolOutcome.Failed => LogLevel.Error,
        _ => LogLevel.Warning,
    };

    private static string Shown(ReadOnlyMemory<byte> arguments) => arguments.Length switch
    {
        0 => "{}",
        > LongestArguments => $"{{\"bytes\":{arguments.Length}}}",
        _ => Encoding.UTF8.GetString(arguments.Span),
    };

    /// <summary>Names that the schema knows; others are digests already.</summary>
    private static string Names(ReadOnlyMemory<byte> arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        var names = document.RootElement.EnumerateObject().Select(member => $"\"{JsonEncodedText.Encode(member.Name)}\"");
        var list = $"[{string.Join(',', names)}]";
        return list.Length > LongestArguments ? "[]" : list;
    }

    [LoggerMessage(Level = LogLevel.Information, EventName = "tool-invoked", Message = "{Tool} for {Tenant}, asked by {Caller} ({CallId}): {Params}, rejected: {Rejected}", SkipEnabledCheck = true)]
    private static partial void Invoked(ILogger log, string tool, string tenant, string caller, string callId, LoggedJson @params, bool rejected);

    [LoggerMessage(Level = LogLevel.Error, EventName = "tool-unknown", Message = "A tool that is not there, its name {NameLength} characters long, asked by {Caller} ({CallId})")]
    private static partial void Unknown(ILogger log, int nameLength, string caller, string callId);

    [LoggerMessage(Level = LogLevel.Information, EventName = "tool-succeeded", Message = "{Tool} for {Tenant} answered in {DurationMs} ms with {Bytes} bytes, tenants: {TenantCount} ({CallId})")]
    private static partial void Succeeded(ILogger log, string tool, string tenant, long durationMs, int bytes, int tenantCount, string callId);

    [LoggerMessage(Level = LogLevel.Information, EventName = "state-change", Message = "{Tool} was to change something in {Tenant}, asked by {Caller}: {Outcome}, {Params} ({CallId})", SkipEnabledCheck = true)]
    private static partial void Changes(ILogger log, string tool, string tenant, string caller, string outcome, LoggedJson @params, string callId);

    [LoggerMessage(EventName = "tool-failed", Message = "{Tool} for {Tenant} ended after {DurationMs} ms: {ErrorCode}, {ErrorClass}, tenants: {TenantCount} ({CallId})")]
    private static partial void Failed(ILogger log, LogLevel level, string tool, string tenant, long durationMs, string errorCode, string errorClass, int tenantCount, string callId);

    [LoggerMessage(Level = LogLevel.Information, EventName = "fan-out-tenant-succeeded", Message = "{Tool} for {Tenant}, one of several, answered in {DurationMs} ms with {Bytes} bytes ({CallId})")]
    private static partial void ShareSucceeded(ILogger log, string tool, string tenant, long durationMs, int bytes, string callId);

    [LoggerMessage(EventName = "fan-out-tenant-failed", Message = "{Tool} for {Tenant}, one of several, ended: {ErrorCode}, {ErrorClass}, after {DurationMs} ms ({CallId})")]
    private static partial void ShareFailed(ILogger log, LogLevel level, string tool, string tenant, string errorCode, string errorClass, long durationMs, string callId);
}
