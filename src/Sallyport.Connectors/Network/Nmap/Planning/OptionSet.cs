using Sallyport.Core;

namespace Sallyport.Connectors.Network.Nmap.Planning;

/// <summary>The options chosen so far, one per slot, with where each came from; later sources may replace templates and nothing else.</summary>
internal sealed class OptionSet
{
    private readonly Dictionary<string, Option> _chosen = new(StringComparer.Ordinal);

    public bool Has(string slot) => _chosen.TryGetValue(slot, out var option) && option.Flag is not null;

    /// <summary>Whether someone has said anything about the slot, be it that nothing shall stand in it.</summary>
    public bool IsDecided(string slot) => _chosen.ContainsKey(slot);

    public string? ValueOf(string slot) => _chosen.GetValueOrDefault(slot)?.Value;

    /// <summary>Flags in the order of the table.</summary>
    public IEnumerable<(NmapFlag Flag, string? Value)> InOrder
        => NmapFlags.InOrder.SelectMany(flag => _chosen.Values.Where(option => option.Flag == flag).Select(option => (flag, option.Value)));

    public void Add(OptionSource source, string name, string? value = null)
    {
        var flag = NmapFlags.Get(name);
        if (value is not null && flag.Check?.Invoke(value) is { } problem)
            throw new InvalidArgumentsException($"{name} {problem}.");
        Put(flag.Slot, new Option(flag, value, source));
    }

    /// <summary>Says that no option may stand in the slot.</summary>
    public void Exclude(OptionSource source, string slot) => Put(slot, new Option(null, null, source));

    /// <summary>Adds an option whose value is our own, so that what a caller may write does not bind it.</summary>
    public void AddOwn(string name, string value) => _chosen[NmapFlags.Get(name).Slot] = new Option(NmapFlags.Get(name), value, OptionSource.ExtraArguments);

    public void Remove(string slot) => _chosen.Remove(slot);

    /// <summary>Drops the option if nobody but the template asked for it.</summary>
    public void RemoveTemplated(string slot)
    {
        if (_chosen.TryGetValue(slot, out var option) && option.Source == OptionSource.Template) _chosen.Remove(slot);
    }

    private void Put(string slot, Option option)
    {
        if (_chosen.TryGetValue(slot, out var earlier) && earlier.Source != OptionSource.Template)
        {
            if (earlier.Source == option.Source)
                throw new InvalidArgumentsException($"{option.Flag?.Name} is given twice, or together with {earlier.Flag?.Name}.");
            if (earlier.Flag != option.Flag || earlier.Value != option.Value)
                throw new InvalidArgumentsException($"{option.Flag?.Name} in extra_args contradicts a typed field ({earlier.Flag?.Name ?? "none"}).");
        }

        _chosen[slot] = option;
    }

    private sealed record Option(NmapFlag? Flag, string? Value, OptionSource Source);
}

/// <summary>Who asked for an option.</summary>
internal enum OptionSource
{
    Template,
    TypedField,
    ExtraArguments,
}
