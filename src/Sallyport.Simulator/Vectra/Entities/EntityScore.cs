using System.Numerics;

namespace Sallyport.Simulator.Vectra.Entities;

/// <summary>How urgent a host or an account is, from the detections that are active on it now.</summary>
internal readonly record struct EntityScore(
    int Threat, int Certainty, int Urgency, int Breadth, int Velocity, bool IsActive, DateTimeOffset? LastDetection)
{
    private const int PrioritizedFrom = 60;
    private static readonly TimeSpan Recent = TimeSpan.FromHours(30);

    public bool IsPrioritized => Urgency >= PrioritizedFrom;

    public int AttackRating => Urgency / 10;

    public string Severity => Urgency switch { >= 80 => "Critical", >= 60 => "High", >= 40 => "Medium", _ => "Low" };

    public string Profile => Breadth switch { >= 3 => "External Adversary", 2 => "Insider Threat: Admin", _ => "Potentially Unwanted Program" };

    public static EntityScore Of(EntityRow entity, DateTimeOffset now)
    {
        var (threat, certainty, active, recent, categories) = (0, 0, 0, 0, 0);
        DateTimeOffset? last = null;
        foreach (var detection in entity.Detections)
        {
            if (!(detection.Last < last))
                last = detection.Last;
            if (!detection.IsActive)
                continue;
            threat = Math.Max(threat, detection.Threat);
            certainty = Math.Max(certainty, detection.Certainty);
            active++;
            categories |= detection.Category.Bit;
            if (detection.Last > now - Recent)
                recent++;
        }
        if (active == 0)
            return new(0, 0, 0, 0, 0, IsActive: false, last);
        var breadth = BitOperations.PopCount((uint)categories);
        var velocity = recent >= 3 ? 2 : recent == 2 ? 1 : 0;
        var raw = (threat * 0.5) + (certainty * 0.15) + (4 * (Math.Min(breadth, 3) - 1)) + (5 * velocity) + (10 * entity.Importance);
        return new(Math.Min(99, threat + active - 1), certainty, (int)Math.Min(99, raw), breadth, velocity, IsActive: true, last);
    }
}
