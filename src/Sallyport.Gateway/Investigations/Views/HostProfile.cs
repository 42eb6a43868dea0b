using System.Text.Json.Nodes;
using Sallyport.Core;
using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;
using Sallyport.Gateway.Investigations.Ocsf;

namespace Sallyport.Gateway.Investigations.Views;

/// <summary>One host as all platforms see it, with its alerts and open vulnerabilities.</summary>
internal static class HostProfile
{
    /// <summary>Hosts of one name whose vulnerabilities are asked for.</summary>
    private const int MostHosts = 3;

    public static async Task<View> LookAsync(SourceDesk desk, ProfileHost asked, CancellationToken cancellationToken)
    {
        if (new[] { asked.Name, asked.Ip, asked.Mac, asked.Id }.Count(text => text is not null) != 1)
            throw new InvalidArgumentsException("Give exactly one of name, ip, mac and id.");
        var at = Times.Read("at", asked.At) ?? desk.Now;
        var groups = await HostLook.FindAsync(desk, new HostQuestion(asked.Name, asked.Ip, Colons(asked.Mac), asked.Id), at, cancellationToken);
        var meant = asked.Ip is { } address && groups.Any(group => HostLook.IsHeld(group, address, at)) ? [.. groups.Where(group => HostLook.IsHeld(group, address, at))] : groups;
        List<Found<SeenAlert>> alerts = [];
        List<Found<SeenVulnerability>> weaknesses = [];
        if (meant.Count > 0)
        {
            var asking = desk.AlertsAsync(source => new AlertQuestion(desk.Now.AddDays(-asked.Days), Hosts: HostLook.For(source, meant)), cancellationToken);
            var weak = meant.Take(MostHosts).Select(group => desk.VulnerabilitiesAsync(source => HostLook.For(source, [group]) is [var host, ..] ? new VulnerabilityQuestion(host) : null, cancellationToken)).ToList();
            alerts.AddRange((await asking).OrderByDescending(alert => alert.Item.Severity).ThenByDescending(alert => alert.Item.Started).ThenBy(alert => alert.Item.Id, StringComparer.Ordinal));
            weaknesses.AddRange((await Task.WhenAll(weak)).SelectMany(found => found).OrderByDescending(found => found.Item.Severity).ThenByDescending(found => found.Item.Cvss).ThenBy(found => found.Item.Id, StringComparer.Ordinal));
        }

        var summary = new JsonObject
        {
            ["host_count"] = groups.Count,
            ["alerts"] = alerts.Count,
            ["open_alerts"] = alerts.Count(alert => alert.Item.State is WorkState.New or WorkState.InProgress),
            ["vulnerabilities"] = weaknesses.Count,
        };
        if (groups.Count > 1)
            summary["note"] = asked.Ip is null ? "Several hosts answer to this; they are kept apart." : "Several hosts had this address at different times; those that held it at the time asked for come first, and alerts are theirs.";
        return ViewWriter.Write(desk, summary,
        [
            .. groups.Select(group =>
            {
                var device = OcsfInventory.Device(group, desk.Now, asked.Detail);
                if (asked.Ip is { } ip)
                    device["unmapped"]!.AsObject().With("held_address_at_that_time", HostLook.IsHeld(group, ip, at));
                return device;
            }),
            .. alerts.Select(alert => OcsfFindings.Alert(alert, asked.Detail)),
            .. weaknesses.Select(found => OcsfFindings.Vulnerability(found, desk.Now, asked.Detail)),
        ]);
    }

    /// <summary>The form that most platforms' filters take.</summary>
    private static string? Colons(string? mac)
        => mac is null ? null : string.Join(':', string.Concat(mac.Where(char.IsAsciiHexDigit)).ToLowerInvariant().Chunk(2).Select(pair => new string(pair)));
}
