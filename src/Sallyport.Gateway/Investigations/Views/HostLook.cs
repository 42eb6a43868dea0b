using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;
using Sallyport.Gateway.Investigations.Matching;

namespace Sallyport.Gateway.Investigations.Views;

/// <summary>Finds hosts on all platforms by whatever is known of one, and asks once more with what the first answers told.</summary>
internal static class HostLook
{
    /// <summary>A name that stands for more hosts than this is not narrowed down by asking on.</summary>
    private const int MostToFollow = 3;

    public static async Task<IReadOnlyList<Group<SeenHost>>> FindAsync(SourceDesk desk, HostQuestion question, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var found = (await desk.HostsAsync(_ => question, cancellationToken)).ToList();
        var groups = Held(HostMatching.Group(found), question, at);
        if (groups.Count is > 0 and <= MostToFollow)
        {
            foreach (var group in groups)
            {
                if (Further(group, question) is not { } further)
                    continue;
                var silent = desk.Of(SourceKind.Hosts).Select(SourceDesk.NameOf)
                    .Where(source => desk.Reports.Any(report => report.Source == source && report.Status == SourceStatus.Empty) && group.Members.All(member => member.Source != source)).ToHashSet(StringComparer.Ordinal);
                if (silent.Count > 0)
                    found.AddRange(await desk.HostsAsync(source => silent.Contains(source) ? further : null, cancellationToken));
            }

            groups = Held(HostMatching.Group([.. found.DistinctBy(host => (host.Source, host.Item.Identity.Id))]), question, at);
        }

        return groups;
    }

    /// <summary>The same host by other means: by name where an address was given, else by the address it has now.</summary>
    private static HostQuestion? Further(Group<SeenHost> group, HostQuestion question)
    {
        var hosts = group.Members.Select(member => member.Item.Identity).ToList();
        if (question.Name is null && hosts.Select(host => host.Fqdn ?? host.Name).FirstOrDefault(name => name is not null) is { } name)
            return new HostQuestion(name);
        return hosts.SelectMany(host => host.Addresses ?? []).Where(use => use.To is not null).MaxBy(use => use.To) is { } newest ? new HostQuestion(Address: newest.Address) : null;
    }

    /// <summary>Hosts that had the address at the time asked for come first; the others stay, because somebody may mean them.</summary>
    private static IReadOnlyList<Group<SeenHost>> Held(IReadOnlyList<Group<SeenHost>> groups, HostQuestion question, DateTimeOffset at) => question.Address is not { } address
        ? groups
        : [.. groups.OrderByDescending(group => IsHeld(group, address, at))];

    public static bool IsHeld(Group<SeenHost> group, string address, DateTimeOffset at)
        => group.Members.Any(member => (member.Item.Identity.Addresses ?? []).Any(use => use.Address == address && HostMatching.IsHeld(use, at)));

    /// <summary>The hosts of some groups as this source knows them; one that does not know them is given names and addresses but no other's id.</summary>
    public static IReadOnlyList<HostIdentity> For(string source, IReadOnlyList<Group<SeenHost>> groups) =>
    [
        .. groups.SelectMany(group => group.Members.Where(member => member.Source == source).Select(member => member.Item.Identity) is var own && own.Any()
            ? own
            : [new HostIdentity(
                Name: group.Members.Select(member => member.Item.Identity.Name).FirstOrDefault(name => name is not null),
                Fqdn: group.Members.Select(member => member.Item.Identity.Fqdn).FirstOrDefault(name => name is not null))])
        .Where(host => (host.Id ?? host.Name ?? host.Fqdn) is not null).Take(50),
    ];
}
