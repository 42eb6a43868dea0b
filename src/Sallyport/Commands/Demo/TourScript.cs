using System.Text.Json;
using Sallyport.Connectors;
using Sallyport.Core;
using Sallyport.Gateway.Discovery;
using Sallyport.Mcp.Client;
using Sallyport.Simulator.World;

namespace Sallyport.Commands.Demo;

/// <summary>
/// What the agent does on the tour. A story needs its props, so this is the one place outside the connectors that names tools, by the
/// names that are fixed for them. A tool that this build or machine does not offer is left out of the story, in one sentence.
/// </summary>
internal sealed class TourScript(DemoCompany demo, GateClient agent, IReadOnlyList<string> tools)
{
    private const string ScanAlias = "NmapTool";
    private const string ReadAlias = "list_detections_with_basic_info";
    private const string ChangeAlias = "mark_detection_fixed";
    private const string ProfileTool = "host_profile";

    /// <summary>What the agent wants to do, in its words, where the tools for it are not listed.</summary>
    private static readonly string[] Wishes = ["scan the open ports of a server", "the newest Vectra detections in short", "mark detections as fixed"];

    /// <summary>Names of tools that the agent was shown or has found.</summary>
    private readonly HashSet<string> _known = [.. tools];

    /// <summary>The detection that the agent reads first and then wants to close.</summary>
    private long? _detection;

    /// <summary>The list is so short that the agent must search it for what it needs.</summary>
    public bool MustSearch => tools.Contains(DiscoveryTools.Find) && Offered(ReadAlias) is null;

    public async Task<TourStep> FindAsync(CancellationToken cancellationToken)
    {
        List<string> lines = [];
        foreach (var wish in Wishes)
        {
            var answer = await agent.CallAsync(DiscoveryTools.Find, $$"""{"query":"{{wish}}","limit":3}""", cancellationToken);
            if (!answer.IsSuccess)
                return Failed(answer);
            var names = answer.Json.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!).ToList();
            _known.UnionWith(names);
            lines.Add($"{wish} → {string.Join(", ", names)}");
        }

        return new TourStep(Offered(ReadAlias) is not null, $"{string.Join('\n', lines)}\nWhat it found it calls through {DiscoveryTools.Call}; the same rules hold.");
    }

    public TourStep List(string protocol)
        => new(true, $"{tools.Count} tools over MCP {protocol}{(tools.Count > 3 ? $", such as {string.Join(", ", tools.Take(3))}" : "")}.");

    public async Task<TourStep> ScanAsync(CancellationToken cancellationToken)
    {
        if (Offered(ScanAlias) is not { } scan)
            return new TourStep(true, "Left out: nmap is not installed here. 'apt-get install nmap' brings it.");
        var ports = string.Join(',', demo.Company.Services.Select(service => service.EndPoint.Port));
        var answer = await CallAsync(scan, $$"""{"target":"127.0.0.1","ports":"{{ports}}","service_versions":true""", DemoCompany.Production, cancellationToken);
        if (!answer.IsSuccess)
            return Failed(answer);
        var open = answer.Json.GetProperty("hosts")[0].GetProperty("ports").EnumerateArray().Select(Service).ToList();
        var host = demo.Company.World.Device(demo.Company.Services[0].DeviceIndex).Name;
        return new TourStep(open.Count > 0, $"{scan} on 127.0.0.1, which stands for {host}: {open.Count} open ports.\n{string.Join('\n', open)}");
    }

    public async Task<TourStep> ReadAsync(CancellationToken cancellationToken)
    {
        if (Offered(ReadAlias) is not { } read)
            return new TourStep(true, "Left out: this build has no platform with detections.");
        var answer = await CallAsync(read, """{"ordering":"-last_timestamp","limit":3""", DemoCompany.Production, cancellationToken);
        if (!answer.IsSuccess)
            return Failed(answer);
        var detections = answer.Json.GetProperty("detections").EnumerateArray().ToList();
        _detection = detections.Count > 0 ? detections[0].GetProperty("id").GetInt64() : null;
        var shown = detections.Select(detection => $"{detection.GetProperty("id")}  {Text(detection, "last_timestamp")}  {Text(detection, "name")}");
        return new TourStep(detections.Count > 0, $"{read}: text that strangers may have written is marked as data.\n{string.Join('\n', shown)}");
    }

    public async Task<TourStep> ProfileAsync(CancellationToken cancellationToken)
    {
        var host = demo.Company.World.Device(Cast.Victim).Name;
        var answer = await CallAsync(ProfileTool, $$"""{"name":"{{host}}","detail":"brief","days":30""", DemoCompany.Production, cancellationToken);
        if (!answer.IsSuccess)
            return Failed(answer);
        var told = answer.Json.GetProperty("sources").EnumerateArray().Where(source => Text(source, "asked") == "hosts").Select(source => $"{Text(source, "source")}: {Text(source, "status")}").Distinct();
        var summary = answer.Json.GetProperty("summary");
        return new TourStep(
            summary.GetProperty("host_count").GetInt32() == 1,
            $"{ProfileTool} {host}: one host, {Text(summary, "open_alerts")} open alerts, {Text(summary, "vulnerabilities")} vulnerabilities.\n{string.Join(", ", told)}");
    }

    public async Task<TourStep> RefusedAsync(CancellationToken cancellationToken)
    {
        if (Change() is not ({ } tool, { } arguments))
            return NoChange;
        var answer = await CallAsync(tool, arguments, DemoCompany.Production, cancellationToken);
        // With --mode rw it is held, which is not running either.
        return answer.Code is "read_only" or "approval_required"
            ? new TourStep(true, $"{tool} → {answer.Code}: {answer.Message}")
            : new TourStep(false, $"{tool} was not refused: {answer.Code ?? "it ran"}.");
    }

    public async Task<TourStep> HeldAsync(Uri address, CancellationToken cancellationToken)
    {
        if (Change() is not ({ } tool, { } arguments))
            return NoChange;
        var held = await CallAsync(tool, arguments, DemoCompany.Lab, cancellationToken);
        if (held.ApprovalId is not { } approval)
            return new TourStep(false, $"{tool} was not held: {held.Code ?? "it ran"}. {held.Message}");
        using var analyst = new ServingGate(address, new Secret(demo.ApproverToken));
        using var decision = await analyst.SendAsync(HttpMethod.Post, $"approvals/{approval}/approve", cancellationToken);
        var done = await CallAsync(tool, $"{arguments},\"approval\":\"{approval}\"", DemoCompany.Lab, cancellationToken);
        return done.IsSuccess
            ? new TourStep(true, $"{tool} waits as {approval}; an analyst says yes; the very same call then runs, once.")
            : Failed(done);
    }

    private static TourStep NoChange => new(true, "Left out: this build has no platform with detections.");

    private static TourStep Failed(GateAnswer answer) => new(false, $"{answer.Code}: {answer.Message}");

    private (string? Tool, string Arguments) Change()
        => (_detection is null ? null : Offered(ChangeAlias), $$"""{"detection_ids":[{{_detection}}],"mark_fixed":true""");

    /// <param name="open">A JSON object without its closing brace.</param>
    private Task<GateAnswer> CallAsync(string tool, string open, string tenant, CancellationToken cancellationToken)
    {
        var arguments = $"{open},\"tenant\":\"{tenant}\"}}";
        return tools.Contains(tool)
            ? agent.CallAsync(tool, arguments, cancellationToken)
            : agent.CallAsync(DiscoveryTools.Call, $$"""{"tool":"{{tool}}","arguments":{{arguments}}}""", cancellationToken);
    }

    /// <summary>The canonical name under which this gate offers a tool, or null.</summary>
    private string? Offered(string alias)
        => BuiltInConnectors.All.SelectMany(connector => connector.Tools).FirstOrDefault(tool => tool.Alias == alias)?.Name is { } name && _known.Contains(name) ? name : null;

    private static string Service(JsonElement port) => port.TryGetProperty("service", out var service)
        ? $"{port.GetProperty("port")}  {Text(service, "name")}  {Text(service, "product")} {Text(service, "version")}".TrimEnd()
        : $"{port.GetProperty("port")}";

    /// <summary>A member as text, out of its untrusted-content envelope, with nothing in it that could steer a terminal.</summary>
    private static string Text(JsonElement row, string member)
    {
        if (!row.TryGetProperty(member, out var value))
            return "";
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("value", out var inner))
            value = inner;
        return string.Concat(value.ToString().Select(c => char.IsControl(c) ? '?' : c));
    }
}
