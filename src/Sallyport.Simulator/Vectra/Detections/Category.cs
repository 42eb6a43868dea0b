using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Vectra.Detections;

/// <summary>A category as filters spell it, as objects spell it and as summaries spell it.</summary>
/// <param name="Bit">Its own bit, for counting how many categories something spans.</param>
internal sealed record Category(string Filter, string Text, string Title, int Bit)
{
    private static readonly Category Command = new("command", "command_and_control", "COMMAND & CONTROL", 1 << 0);
    private static readonly Category Botnet = new("botnet", "botnet_activity", "BOTNET ACTIVITY", 1 << 1);
    private static readonly Category Reconnaissance = new("reconnaissance", "reconnaissance", "RECONNAISSANCE", 1 << 2);
    private static readonly Category Lateral = new("lateral", "lateral_movement", "LATERAL MOVEMENT", 1 << 3);
    private static readonly Category Exfiltration = new("exfiltration", "exfiltration", "EXFILTRATION", 1 << 4);
    private static readonly Category Remark = new("info", "info", "INFO", 1 << 5);

    public static Category Of(Tactic tactic) => tactic switch
    {
        Tactic.Botnet => Botnet,
        Tactic.Discovery => Reconnaissance,
        Tactic.LateralMovement => Lateral,
        Tactic.Exfiltration => Exfiltration,
        Tactic.None => Remark,
        _ => Command,
    };

    public bool IsNamed(string text) => text.Equals(Filter, StringComparison.OrdinalIgnoreCase) || text.Equals(Text, StringComparison.OrdinalIgnoreCase);
}
