using System.Text.Json.Nodes;
using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Matching;

namespace Sallyport.Gateway.Investigations.Ocsf;

/// <summary>A host or a user that several sources know, as one inventory event; every source's own words stand beside it.</summary>
internal static class OcsfInventory
{
    public static JsonObject Device(Group<SeenHost> group, DateTimeOffset now, Detail detail)
    {
        var hosts = group.Members.Select(member => member.Item).ToList();
        var newest = hosts.OrderByDescending(host => host.LastSeen).ToList();
        var agents = group.Members.Where(member => member.Item.Agent is not null).ToList();
        var system = newest.OrderBy(host => host.Seen).FirstOrDefault(host => host.Os is not null);
        var device = new JsonObject { ["type_id"] = OcsfThings.TypeId(newest.Select(host => host.Type).FirstOrDefault(type => type is not null)) }
            .With("hostname", First(hosts, host => host.Identity.Fqdn) ?? First(hosts, host => host.Identity.Name))
            .With("uid", First(hosts, host => host.Identity.DeviceId))
            .With("ip", hosts.SelectMany(host => host.Identity.Addresses ?? []).Where(use => use.To is not null).MaxBy(use => use.To)?.Address)
            .With("mac", First(hosts, host => host.Identity.Macs is [var mac, ..] ? mac : null))
            .With("is_managed", agents.Count > 0)
            .With("risk_score", hosts.Max(host => host.Risk))
            .With("last_seen_time", hosts.Max(host => host.LastSeen)?.ToUnixTimeMilliseconds());
        if (detail > Detail.Brief)
        {
            device.With("os", system is null ? null : new JsonObject { ["type_id"] = OcsfThings.SystemId(system.Os) }.With("name", system.Os).With("version", system.OsVersion))
                .With("first_seen_time", hosts.Min(host => host.FirstSeen)?.ToUnixTimeMilliseconds())
                .With("owner", hosts.SelectMany(host => host.Owners ?? []).FirstOrDefault() is { } owner ? OcsfThings.User(owner) : null)
                .With("agent_list", OcsfEvent.List(agents.Select(agent => new JsonObject { ["type_id"] = 1, ["vendor_name"] = agent.Source }.With("uid", agent.Item.Identity.Id).With("version", agent.Item.Agent!.Version))));
        }

        return OcsfEvent.New(OcsfEvent.Discovery, OcsfEvent.DeviceInventory, OcsfEvent.Collect, SourceSeverity.Informational, now, OcsfEvent.Joined, null)
            .With("device", device)
            .With("unmapped", Unmapped(group, Words, detail)
                .With("key_asset", hosts.Exists(host => host.IsKeyAsset is true) ? true : null));
    }

    public static JsonObject User(Group<SeenUser> group, DateTimeOffset now, Detail detail)
    {
        var users = group.Members.Select(member => member.Item).ToList();
        var user = new JsonObject { ["type_id"] = 0 }
            .With("uid", First(users, seen => seen.Identity.DirectoryId))
            .With("uid_alt", First(users, seen => seen.Identity.Sid))
            .With("name", First(users, seen => seen.Identity.Upn) ?? First(users, seen => seen.Identity.AccountName))
            .With("email_addr", First(users, seen => seen.Email))
            .With("risk_score", users.Max(seen => seen.Risk));
        if (detail > Detail.Brief)
        {
            user.With("full_name", First(users, seen => seen.DisplayName))
                .With("ldap_person", new JsonObject().With("job_title", First(users, seen => seen.JobTitle)));
        }

        return OcsfEvent.New(OcsfEvent.Discovery, OcsfEvent.UserInventory, OcsfEvent.Collect, SourceSeverity.Informational, now, OcsfEvent.Joined, null)
            .With("user", user)
            .With("unmapped", Unmapped(group, Words, detail));
    }

    private static JsonObject Unmapped<T>(Group<T> group, Func<T, Detail, JsonObject> words, Detail detail) => new JsonObject()
        .With("sources", OcsfEvent.List(group.Members.Select(member =>
        {
            var said = words(member.Item, detail);
            said.Insert(0, "source", member.Source);
            return said;
        })))
        .With("matches", OcsfEvent.List(group.Matches.Select(match => new JsonObject
        {
            ["rule"] = match.Rule,
            ["score"] = match.Score,
            ["left"] = match.Left,
            ["right"] = match.Right,
            ["reason"] = match.Reason,
        })))
        .With("conflicts", OcsfEvent.List(group.Conflicts.Select(Conflict)));

    public static JsonObject Conflict(Conflict conflict) => new()
    {
        ["about"] = conflict.About,
        ["values"] = OcsfEvent.List(conflict.Values.Select(value => new JsonObject { ["source"] = value.Source, ["value"] = value.Says })),
    };

    private static JsonObject Words(SeenHost host, Detail detail)
    {
        var said = new JsonObject { ["seen_by"] = host.Seen.ToString().ToLowerInvariant() }
            .With("id", host.Identity.Id).With("hostname", host.Identity.Fqdn ?? host.Identity.Name).With("last_seen", Time(host.LastSeen))
            .With("agent", host.Agent is { } agent ? new JsonObject().With("version", agent.Version).With("last_report", Time(agent.LastReport)).With("health", agent.Health) : null);
        if (detail == Detail.Brief)
            return said;
        said.With("addresses", OcsfEvent.List((host.Identity.Addresses ?? []).Select(use => new JsonObject { ["ip"] = use.Address }.With("from", Time(use.From)).With("to", Time(use.To)))))
            .With("macs", Texts(host.Identity.Macs))
            .With("services", OcsfEvent.List((host.Services ?? []).Select(service => new JsonObject { ["port"] = service.Port, ["protocol"] = service.Protocol }
                .With("service", string.Join(' ', new[] { service.Name, service.Product, service.Version }.Where(text => !string.IsNullOrEmpty(text)))))))
            .With("owner", host.Owners is [var owner, ..] ? owner.Upn ?? owner.AccountName : null);
        return detail < Detail.Full ? said : said.With("os", string.Join(' ', new[] { host.Os, host.OsVersion }.Where(text => !string.IsNullOrEmpty(text)))).With("groups", Texts(host.Groups)).With("vendor", host.Vendor)
            .With("device_id", host.Identity.DeviceId).With("first_seen", Time(host.FirstSeen)).With("risk", host.Risk);
    }

    private static JsonObject Words(SeenUser user, Detail detail)
    {
        var said = new JsonObject().With("id", user.Identity.Id).With("name", user.Identity.Upn ?? user.Identity.AccountName).With("risk", user.Risk).With("state", user.State)
            .With("privilege", user.Privilege).With("last_seen", Time(user.LastSeen));
        return detail == Detail.Brief
            ? said
            : said.With("hosts", OcsfEvent.List((user.Hosts ?? []).Take(detail == Detail.Full ? int.MaxValue : 10).Select(OcsfThings.Device)))
                .With("department", user.Department).With("job_title", user.JobTitle);
    }

    private static JsonArray? Texts(IReadOnlyList<string>? texts) => texts is null ? null : OcsfEvent.List(texts.Select(text => (JsonNode?)text));

    private static string? Time(DateTimeOffset? time) => time is { } known ? OcsfEvent.Text(known) : null;

    private static string? First<T>(IEnumerable<T> items, Func<T, string?> of) => items.Select(of).FirstOrDefault(text => !string.IsNullOrEmpty(text));
}
