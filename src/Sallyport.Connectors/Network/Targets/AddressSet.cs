namespace Sallyport.Connectors.Network.Targets;

/// <summary>A set of IPv4 addresses made of blocks; neighbouring blocks count as one.</summary>
internal sealed class AddressSet
{
    private readonly List<(uint First, uint Last)> _spans = [];

    public AddressSet(IEnumerable<Ipv4Range> ranges)
    {
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            var (first, last) = (range.First.Value, range.Last.Value);
            if (_spans is [.., var previous] && first <= (long)previous.Last + 1)
                _spans[^1] = (previous.First, Math.Max(previous.Last, last));
            else
                _spans.Add((first, last));
        }
    }

    public bool ContainsAll(Ipv4Range range)
        => _spans.Exists(span => span.First <= range.First.Value && range.Last.Value <= span.Last);

    public bool ContainsAny(Ipv4Range range)
        => _spans.Exists(span => span.First <= range.Last.Value && range.First.Value <= span.Last);
}
