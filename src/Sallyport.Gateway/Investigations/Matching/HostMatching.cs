using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;

namespace Sallyport.Gateway.Investigations.Matching;

/// <summary>
/// Says which platforms' hosts are one host. Strongest first: an id that both know, a hardware address, the full name, the
/// short name, and an address only when both saw it in use at about the same time. An address alone never outvotes a name.
/// </summary>
internal static class HostMatching
{
    public const string DeviceId = "device_id";
    public const string Mac = "mac";
    public const string Fqdn = "fqdn";
    public const string Name = "host_name";
    public const string Address = "ip_in_time";

    /// <summary>Two platforms look at different moments; leases last about this long.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromHours(24);

    public static IReadOnlyList<Group<SeenHost>> Group(IReadOnlyList<Found<SeenHost>> hosts)
    {
        var links = Joining.Links(hosts, host => Known(host.Identity.DeviceId), DeviceId, 100, "the directory's device id")
            .Concat(Joining.Links(hosts, host => host.Identity.Macs ?? [], Mac, 95, "hardware address"))
            .Concat(Joining.Links(hosts, host => Known(host.Identity.Fqdn), Fqdn, 90, "full name"))
            .Concat(Joining.Links(
                hosts, host => Known(ShortName(host.Identity)), Name, 80, "host name",
                (left, right, _) => hosts[left].Item.Identity.Fqdn is null || hosts[right].Item.Identity.Fqdn is null))
            .Concat(Joining.Links(
                hosts, host => (host.Identity.Addresses ?? []).Select(use => use.Address), Address, 60, "address in use within 24 h of each other:",
                (left, right, address) => AtTheSameTime(hosts[left].Item.Identity, hosts[right].Item.Identity, address)));
        return Joining.Join(hosts, links, Contradiction, host => $"{host.Item.Identity.Fqdn ?? host.Item.Identity.Name ?? "nameless"} ({host.Item.Identity.Id})", Conflicts);
    }

    public static string? ShortName(HostIdentity host) => (host.Name ?? host.Fqdn)?.Split('.')[0];

    /// <summary>Whether a use of the address says that it was held at that time.</summary>
    public static bool IsHeld(AddressUse use, DateTimeOffset at)
        => (use.From ?? use.To) is { } from && (use.To ?? use.From) is { } to && from - Tolerance <= at && at <= to + Tolerance;

    private static bool AtTheSameTime(HostIdentity left, HostIdentity right, string address) => (
        from one in left.Addresses ?? []
        where one.Address == address && (one.From ?? one.To) is not null
        from other in right.Addresses ?? []
        where other.Address == address && (other.From ?? other.To) is not null
        select (one.From ?? one.To)! - Tolerance <= (other.To ?? other.From)! && (other.From ?? other.To)! - Tolerance <= (one.To ?? one.From)!).Any(overlaps => overlaps);

    private static string? Contradiction(IReadOnlyList<Found<SeenHost>> left, IReadOnlyList<Found<SeenHost>> right, Link link)
    {
        if (link.Rule == DeviceId)
            return null;
        if (Differ(left, right, host => Known(host.DeviceId)))
            return "their device ids differ";
        if (Differ(left, right, host => Known(host.Fqdn)) || Differ(left, right, host => Known(ShortName(host))))
            return "their names differ";
        if (link.Rule == Address && Differ(left, right, host => host.Macs ?? []))
            return "their hardware addresses differ";
        // A platform that keeps two records has its reasons; only hardware says that they are one.
        return link.Rule != Mac && left.Any(host => host.Item.Seen != Viewpoint.Scan && right.Any(other => other.Source == host.Source && other.Item.Identity.Id != host.Item.Identity.Id))
            ? "one source keeps them apart"
            : null;
    }

    /// <summary>Both sides say something, and nothing that the other says.</summary>
    private static bool Differ(IReadOnlyList<Found<SeenHost>> left, IReadOnlyList<Found<SeenHost>> right, Func<HostIdentity, IEnumerable<string>> saying)
    {
        var (said, other) = (left.SelectMany(host => saying(host.Item.Identity)).ToHashSet(StringComparer.OrdinalIgnoreCase), right.SelectMany(host => saying(host.Item.Identity)).ToList());
        return said.Count > 0 && other.Count > 0 && !other.Exists(said.Contains);
    }

    private static IEnumerable<Conflict> Conflicts(IReadOnlyList<Found<SeenHost>> hosts) => new[]
    {
        Differing("os", hosts, host => host.Os),
        Differing("owner", hosts, host => host.Owners is [var owner, ..] ? owner.AccountName ?? owner.Upn : null),
        Differing("ip", hosts, host => host.Identity.Addresses?.Where(use => use.To is not null).MaxBy(use => use.To)?.Address),
        Differing("mac", hosts, host => host.Identity.Macs is [var only] ? only : null),
    }.OfType<Conflict>();

    /// <summary>Spelled differently is not different: one that contains the other, letters and digits alone, agrees with it.</summary>
    private static Conflict? Differing(string about, IReadOnlyList<Found<SeenHost>> hosts, Func<SeenHost, string?> saying)
    {
        var said = hosts.Select(host => (host.Source, Says: saying(host.Item))).Where(pair => !string.IsNullOrWhiteSpace(pair.Says)).Select(pair => (pair.Source, Says: pair.Says!)).ToList();
        return said.Any(one => said.Any(other => !Agree(one.Says, other.Says))) ? new Conflict(about, said) : null;
    }

    private static bool Agree(string one, string other)
    {
        var (left, right) = (Plain(one), Plain(other));
        return left.Contains(right, StringComparison.Ordinal) || right.Contains(left, StringComparison.Ordinal);
    }

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static IEnumerable<string> Known(string? text) => string.IsNullOrWhiteSpace(text) ? [] : [text];
}
