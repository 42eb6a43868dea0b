using Sallyport.Simulator.World;

namespace Sallyport.Simulator.DefectDojo;

/// <summary>What a test can turn on the DefectDojo simulator besides faults: its keys, and whether duplicates are found.</summary>
public sealed class DefectDojoControls
{
    private const int KeyDigits = 40;

    internal DefectDojoControls(int seed)
    {
        ApiKey = new Dice(seed, Purpose.Platform, 901).Hex(KeyDigits);
        ViewerKey = new Dice(seed, Purpose.Platform, 902).Hex(KeyDigits);
    }

    /// <summary>The key of a user who may do everything.</summary>
    public string ApiKey { get; }

    /// <summary>The key of a user who may look and not change.</summary>
    public string ViewerKey { get; }

    /// <summary>The system setting that every save looks for an older finding of the same content; off as it is upstream.</summary>
    public bool Deduplicates { get; set; }

    /// <summary>Whether every product lets its risks be accepted by a simple flag; off as it is upstream.</summary>
    public bool AcceptsRisksSimply { get; set; }
}
