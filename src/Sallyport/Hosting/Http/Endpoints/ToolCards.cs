using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sallyport.Core.Processes;
using Sallyport.Core.Resilience;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Events;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Hosting.Http.Endpoints;

/// <summary>
/// Writes the tools that a caller may use as operators want to see them: what MCP clients are shown, whether each is switched on and its
/// program is there, and how it is held. Members are those of the reference server's list.
/// </summary>
internal sealed class ToolCards(GatewayParts gateway, ProgramFinder programs, ProgramVersions versions, bool hasMetrics)
{
    public (int Total, int Enabled) Count(Caller caller)
    {
        var enabled = gateway.Listing.For(caller).Entries.Count;
        return (enabled + SwitchedOff(caller).Count, enabled);
    }

    public async Task<ReadOnlyMemory<byte>> WriteAsync(Caller caller, CancellationToken cancellationToken)
    {
        var list = gateway.Listing.For(caller);
        var off = SwitchedOff(caller);
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        await using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteStartArray("tools"u8);
        foreach (var entry in list.Listed.Concat(off))
            Write(writer, caller, list, entry, entry.Tool.Program is { } program ? await versions.OfAsync(program, cancellationToken) : null);
        writer.WriteEndArray();
        writer.WriteNumber("total"u8, list.Entries.Count + off.Count);
        writer.WriteNumber("enabled"u8, list.Entries.Count);
        if (gateway.Authorizer.MayAdminister(caller))
            Write(writer, "excluded", gateway.Rules.Offer.Catalog.Excluded);
        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken);
        return buffer.WrittenMemory;
    }

    private List<CatalogEntry> SwitchedOff(Caller caller)
        => [.. gateway.Rules.Offer.Catalog.Entries.Where(entry => gateway.Authorizer.IsSwitchedOff(entry.Tool) && gateway.Authorizer.MayUse(caller, entry))];

    private void Write(Utf8JsonWriter writer, Caller caller, ToolList list, CatalogEntry entry, string? version)
    {
        var tool = entry.Tool;
        var tenant = TenantOf(caller, entry);
        writer.WriteStartObject();
        gateway.Listing.WriteMembers(writer, entry, list.Entries);
        if (tool.Alias is { } alias)
            writer.WriteString("alias"u8, list.NameOf(entry) == alias ? entry.Name : alias);
        writer.WriteBoolean("enabled"u8, !gateway.Authorizer.IsSwitchedOff(tool));
        writer.WriteString("access"u8, tool.Access == ToolAccess.Read ? "read"u8 : "write"u8);
        writer.WriteString("platform"u8, entry.Connector.Id);
        var path = tool.Program is { } program ? programs.Find(program.Name).Path : null;
        writer.WriteString("command"u8, path);
        writer.WriteString("version"u8, version);
        writer.WriteBoolean("available"u8, tool.Program is null || path is not null);
        writer.WriteBoolean("has_metrics"u8, hasMetrics);
        WriteMetrics(writer);
        WriteRate(writer, entry);
        writer.WriteBoolean("has_circuit_breaker"u8, !entry.IsAboutGate);
        if (!entry.IsAboutGate)
            WriteCircuit(writer, caller, entry);
        if (tenant is not null && entry.RunsFor(tenant) is { } runs)
            Write(writer, runs, gateway.Tenants.HasSeveral ? tenant.Id : null);
        writer.WriteEndObject();
    }

    private void WriteMetrics(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("metrics"u8);
        writer.WriteBoolean("available"u8, hasMetrics);
        writer.WriteEndObject();
    }

    private void WriteRate(Utf8JsonWriter writer, CatalogEntry entry)
    {
        if (gateway.Rules.Rates?.Of(entry.Tool) is not { } rate)
            return;
        writer.WriteStartObject("rate_limit"u8);
        writer.WriteNumber("calls"u8, rate.Count);
        writer.WriteNumber("seconds"u8, rate.Window.TotalSeconds);
        writer.WriteEndObject();
    }

    /// <summary>The worst of the caller's tenants; nobody is told about others.</summary>
    private void WriteCircuit(Utf8JsonWriter writer, Caller caller, CatalogEntry entry)
    {
        var states = gateway.Clients.Breakers.Where(breaker => breaker.Upstream == entry.Upstream && caller.IsGranted(breaker.Tenant)).Select(breaker => breaker.Breaker.State).ToList();
        var worst = states.Contains(CircuitState.Open) ? CircuitState.Open : states.Contains(CircuitState.HalfOpen) ? CircuitState.HalfOpen : CircuitState.Closed;
        var options = gateway.Clients.OptionsOf(entry);
        writer.WriteStartObject("circuit_breaker"u8);
        writer.WriteBoolean("enabled"u8, true);
        writer.WriteString("state"u8, GateEvents.Word(worst));
        writer.WriteString("upstream"u8, entry.Upstream);
        writer.WriteNumber("failure_threshold"u8, options.FailureThreshold);
        writer.WriteNumber("recovery_timeout"u8, options.FirstRecovery.TotalSeconds);
        writer.WriteEndObject();
    }

    /// <param name="tenant">Whose numbers these are, where tenants may differ.</param>
    private static void Write(Utf8JsonWriter writer, ToolRuns runs, string? tenant)
    {
        if (tenant is not null)
            writer.WriteString("tenant"u8, tenant);
        writer.WriteNumber("concurrency"u8, runs.Concurrency);
        writer.WriteNumber("timeout"u8, runs.Timeout.TotalSeconds);
        writer.WriteNumber("max_timeout"u8, runs.LongestTimeout.TotalSeconds);
        if (runs.MostAddresses is { } addresses)
            writer.WriteNumber("max_addresses"u8, addresses);
        if (runs.AllowsIntrusive is { } isAllowed)
            writer.WriteBoolean("allow_intrusive"u8, isAllowed);
        if (runs.Templates.Count > 0)
            Write(writer, "templates", runs.Templates);
        if (runs.Program is not { } limits)
            return;
        Write(writer, "privileges", runs.Privileges);
        writer.WriteStartObject("resource_limits"u8);
        writer.WriteNumber("max_memory_mb"u8, limits.AddressSpaceBytes / (1024 * 1024));
        writer.WriteNumber("max_file_descriptors"u8, limits.OpenFiles);
        writer.WriteNumber("max_stdout_bytes"u8, limits.OutputBytes);
        writer.WriteNumber("max_stderr_bytes"u8, limits.ErrorBytes);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<string> words)
    {
        writer.WriteStartArray(name);
        foreach (var word in words)
            writer.WriteStringValue(word);
        writer.WriteEndArray();
    }

    /// <summary>The tenant that a call without one would go to, else the first that the caller has.</summary>
    private Tenant? TenantOf(Caller caller, CatalogEntry entry)
    {
        var granted = gateway.Tenants.GrantedTo(caller).Where(entry.IsOfferedBy).ToList();
        return granted.FirstOrDefault(tenant => tenant.Id == gateway.Tenants.Default) ?? granted.FirstOrDefault();
    }
}
