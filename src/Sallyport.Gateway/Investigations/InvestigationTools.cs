using System.Text;
using System.Text.Json.Serialization.Metadata;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Investigations.Asking;
using Sallyport.Gateway.Investigations.Views;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Investigations;

/// <summary>The tools that ask all platforms at once. Each is a tool like any other and offered where the caller may read at least one source.</summary>
public static class InvestigationTools
{
    /// <summary>Members whose text users, attackers or scanned hosts may have chosen.</summary>
    private static readonly string[] Untrusted =
    [
        "title", "desc", "hostname", "hostnames", "name", "full_name", "job_title", "department", "email_addr", "owner", "os", "value", "values", "service", "vendor",
        "agent", "agent_list", "affected_packages", "vector_string", "groups", "privilege", "about", "hosts", "users", "types", "reason",
    ];

    private static IReadOnlyList<Tool> All { get; } =
    [
        Of("host_profile", "Profile a host",
            "One host as every platform sees it: inventory, agents, addresses over time, recent alerts and open vulnerabilities, with what joins and what contradicts. Start here with a name or an address.",
            static () => InvestigationJson.Default.ProfileHost, HostProfile.LookAsync),
        Of("user_profile", "Profile a user",
            "One user as every platform sees them: accounts, devices, risk and recent alerts. Start here with a mail address or an account name.",
            static () => InvestigationJson.Default.ProfileUser, UserProfile.LookAsync),
        Of("alert_queue", "Queue of open alerts",
            "Open alerts of all platforms in one order, worst first. Pick it to see what to work on now.",
            static () => InvestigationJson.Default.QueueAlerts, AlertQueue.LookAsync),
        Of("indicator_sweep", "Sweep for an indicator",
            "Who met an address, domain, URL, file hash, file name, mail address or CVE, on every platform that can look for it, and when.",
            static () => InvestigationJson.Default.SweepIndicator, IndicatorSweep.LookAsync),
        Of("incident_timeline", "Timeline of an incident",
            "What happened around an incident, a host or a user, from all platforms in order of time, with a timeline and an entity graph as pictures.",
            static () => InvestigationJson.Default.ShowTimeline, IncidentTimeline.LookAsync),
        Of("exposure_queue", "Queue of exposures",
            "Open vulnerabilities of all platforms in the order in which they matter: CVSS, EPSS, known exploitation and whether the host can be reached, with reasons.",
            static () => InvestigationJson.Default.QueueExposures, ExposureQueue.LookAsync),
        Of("coverage_gaps", "Gaps in coverage",
            "Hosts that the network or a scan shows without an endpoint agent, and agents that have gone silent.",
            static () => InvestigationJson.Default.FindGaps, CoverageGaps.LookAsync),
    ];

    /// <param name="sources">What platforms can be asked; nothing is offered where there is none.</param>
    public static IReadOnlyList<CatalogEntry> For(IReadOnlyList<CatalogEntry> sources, bool hasSeveralTenants)
    {
        var memory = new ViewMemory();
        return
        [
            .. from tool in sources.Count == 0 ? [] : All
               select new CatalogEntry(GateConnector.Instance, tool, GateArgument.AddTo(tool, hasSeveralTenants, canBeHeld: false))
               {
                   Sources = sources,
                   ClientOf = call => new SourceDesk(call, sources, memory),
               },
        ];
    }

    private static Tool Of<TAsked>(string name, string title, string description, Func<JsonTypeInfo<TAsked>> arguments, Func<SourceDesk, TAsked, CancellationToken, Task<View>> look)
        where TAsked : IAsked
        => Tool.Raw<SourceDesk, TAsked>(ToolAccess.Read, name, description, arguments, (desk, asked, context, cancellationToken) => AnswerAsync(desk, asked, context, look, cancellationToken)) with
        {
            Title = title,
            Rows = ViewWriter.Rows,
            UntrustedMembers = Untrusted,
            Toolset = "views",
            AuditedText = ["indicator"],
            IsLean = true,
        };

    private static async Task<ToolContent> AnswerAsync<TAsked>(
        SourceDesk desk, TAsked asked, ToolContext context, Func<SourceDesk, TAsked, CancellationToken, Task<View>> look, CancellationToken cancellationToken)
        where TAsked : IAsked
    {
        using var open = desk;
        var key = Encoding.UTF8.GetString(CursorBinding.Of(desk.Call));
        // The rest of a result is the rest of that result, even when the platforms have gone on.
        if (context.Continues && desk.Memory.Find(key, desk.Now) is { } known)
            return known.Content(asked.MaxTokens);
        desk.Allow(TimeSpan.FromSeconds(asked.Seconds));
        var view = await look(desk, asked, cancellationToken);
        desk.Memory.Keep(key, view, desk.Now);
        return view.Content(asked.MaxTokens);
    }
}
