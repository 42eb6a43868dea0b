using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sallyport.Configuration;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Events;
using Sallyport.Hosting.Observing;
using Sallyport.Hosting.Operations;

namespace Sallyport.Hosting.Reload;

/// <summary>Applies changed settings while the gate runs: checked whole first, and all at once or not at all.</summary>
internal sealed partial class SettingsReload(SettingsSource source, LoadedSettings first, RunningGateway gateway, ILogger log) : IDisposable
{
    public const string Action = "gate_settings_reload";

    private readonly SemaphoreSlim _one = new(1);
    private readonly GatewayParts _parts = gateway.Parts;
    private SettingsState _state = new(first, 1, gateway.Parts.Time.GetUtcNow(), null, []);

    public SettingsState State => Volatile.Read(ref _state);

    /// <summary>Called with the settings that hold from now on, for what reads them outside the gate.</summary>
    public event Action<SallyportSettings>? Applied;

    /// <summary>Reads the settings anew.</summary>
    /// <param name="cause">What asked for it: <c>file</c>, <c>signal</c> or <c>request</c>.</param>
    /// <param name="by">Who is recorded as having done it.</param>
    public async Task<SettingsState> ReloadAsync(string cause, string by, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var loaded = source.Load();
            return Problem(loaded) is { } problem ? Reject(problem) : await ApplyAsync(loaded, cause, by, cancellationToken);
        }
        catch (AuditUnavailableException unavailable)
        {
            return Reject(unavailable.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Makes the gate anew from the settings that hold, after something else that it reads has changed.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await gateway.ApplyAsync(State.Loaded.Settings!);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>A file that is gone or empty is an accident, never a wish for the defaults.</summary>
    private string? Problem(LoadedSettings loaded)
    {
        if (first.File is { } file && (loaded.File != file || new FileInfo(file) is not { Exists: true, Length: > 0 }))
            return $"{file} is gone or empty.";
        return loaded.Settings is not null ? null : string.Join(Environment.NewLine, loaded.Problems);
    }

    private SettingsState Reject(string problem)
    {
        ReloadCount.Rejected();
        // The same mistake is said once, however often the file is looked at.
        if (State.LastError != problem)
        {
            LogRejected(log, problem);
            _parts.Events.Publish(_parts.Events.New(GateEventKind.Config) with { Phase = "rejected", Reason = problem, IsForAdministrators = true });
        }

        return _state = State with { LastError = problem };
    }

    private async Task<SettingsState> ApplyAsync(LoadedSettings loaded, string cause, string by, CancellationToken cancellationToken)
    {
        var before = State;
        List<string> kept = [];
        var settings = RunningSettings.Of(first.Settings!, before.Loaded.Settings!, loaded.Settings!, _parts.Connectors, kept.Add);
        var changed = RunningSettings.Changed(before.Loaded.View!, loaded.View!);
        string[] pending = [.. RunningSettings.Changed(first.View!, loaded.View!).Where(RunningSettings.NeedsRestart), .. kept];
        var state = new SettingsState(loaded with { Settings = settings }, before.Generation + 1, _parts.Time.GetUtcNow(), null, pending);
        if (changed.Count == 0)
        {
            ReloadCount.Unchanged();
            return _state = before with { LastError = null };
        }

        var arguments = new JsonObject
        {
            ["cause"] = cause,
            ["generation"] = state.Generation,
            ["changed"] = Names(changed),
            ["pending_restart"] = Names(pending),
        };
        await OperatorAct.RunAsync(_parts, by, Action, arguments, async () =>
        {
            await gateway.ApplyAsync(settings);
            Applied?.Invoke(settings);
            Volatile.Write(ref _state, state);
        }, cancellationToken);
        ReloadCount.Applied();
        var names = string.Join(", ", changed);
        LogApplied(log, state.Generation, names);
        if (pending.Length > 0)
            LogPending(log, string.Join(", ", pending));
        foreach (var warning in loaded.Warnings.Except(before.Loaded.Warnings))
            LogWarning(log, warning);
        _parts.Events.Publish(_parts.Events.New(GateEventKind.Config) with { Phase = "applied", Reason = cause, Settings = changed, PendingRestart = pending.Length > 0 ? pending : null, IsForAdministrators = true });
        return state;
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);

    [LoggerMessage(Level = LogLevel.Error, EventName = "settings-rejected", Message = "The changed settings are not used; the ones before still hold: {Problem}")]
    private static partial void LogRejected(ILogger log, string problem);

    [LoggerMessage(Level = LogLevel.Information, EventName = "settings-applied", Message = "Settings, generation {Generation}: changed {Changed}")]
    private static partial void LogApplied(ILogger log, int generation, string changed);

    [LoggerMessage(Level = LogLevel.Warning, EventName = "settings-pending", Message = "These settings take effect with the next start only: {Pending}")]
    private static partial void LogPending(ILogger log, string pending);

    [LoggerMessage(Level = LogLevel.Warning, EventName = "settings-warning", Message = "Settings: {Warning}")]
    private static partial void LogWarning(ILogger log, string warning);
}
