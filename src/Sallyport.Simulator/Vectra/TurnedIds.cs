namespace Sallyport.Simulator.Vectra;

/// <summary>
/// Ids from 1 without gaps, turned by a few places so that in a company of the default size ws-37 is host 334, alice account 21
/// and the beacon detection 1933, while hosts and accounts still share numbers.
/// </summary>
internal readonly record struct TurnedIds(int Turn, int Count)
{
    public int Of(int index) => 1 + ((index + Turn) % Count);

    /// <summary>The index behind an id, or null when no such id was given.</summary>
    public int? IndexOf(long id) => id < 1 || id > Count ? null : (int)((id - 1 + Count - (Turn % Count)) % Count);
}
