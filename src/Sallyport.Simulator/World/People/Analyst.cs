namespace Sallyport.Simulator.World.People;

/// <summary>Somebody of the security team, who has a login on the platforms.</summary>
public sealed record Analyst(int Number, string Upn, string DisplayName, bool IsLead)
{
    private static readonly Analyst[] Team =
    [
        new(0, "ana.lyst@contoso.example", "Ana Lyst", IsLead: false),
        new(1, "sam.ops@contoso.example", "Sam Ops", IsLead: true),
        new(2, "wanda.watch@contoso.example", "Wanda Watch", IsLead: false),
        new(3, "theo.triage@contoso.example", "Theo Triage", IsLead: false),
        new(4, "rita.response@contoso.example", "Rita Response", IsLead: true),
        new(5, "hugo.hunt@contoso.example", "Hugo Hunt", IsLead: false),
        new(6, "audrey.audit@contoso.example", "Audrey Audit", IsLead: false),
        new(7, "nils.night@contoso.example", "Nils Night", IsLead: false),
        new(8, "carla.config@contoso.example", "Carla Config", IsLead: false),
        new(9, "max.manage@contoso.example", "Max Manage", IsLead: true),
    ];

    public static ReadOnlySpan<Analyst> All => Team;
}
