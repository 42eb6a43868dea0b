using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sallyport.Connectors.Network.Targets;

/// <summary>Asks once for the addresses of a name. Nothing is cached; an unknown name has none.</summary>
internal delegate Task<IReadOnlyList<IPAddress>> NameLookup(string name, CancellationToken cancellationToken);

/// <summary>Turns a caller's target into what a tool may be given: a name is looked up once, every address checked, one pinned.</summary>
internal sealed class TargetResolver(TargetRule rule, NameLookup lookup, TimeProvider clock)
{
    private static readonly TimeSpan LookupTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Never answers <see cref="TargetVerdict.NeedsLookup"/>.</summary>
    public async Task<TargetVerdict> ResolveAsync(string text, long maxAddresses, CancellationToken cancellationToken)
    {
        var verdict = rule.Check(text, maxAddresses);
        return verdict is TargetVerdict.NeedsLookup { Name: var name } ? await PinAsync(name, cancellationToken) : verdict;
    }

    /// <summary>The target, or the refusal as what the caller is told.</summary>
    public async Task<ScanTarget> RequireAsync(string text, long maxAddresses, CancellationToken cancellationToken)
        => await ResolveAsync(text, maxAddresses, cancellationToken) switch
        {
            TargetVerdict.Allowed allowed => allowed.Target,
            TargetVerdict.Refused refused => throw refused.ToException(),
            _ => throw new UnreachableException("A resolved target is allowed or refused."),
        };

    /// <summary>Looks a name up with the resolver of this machine.</summary>
    public static async Task<IReadOnlyList<IPAddress>> SystemLookupAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await System.Net.Dns.GetHostAddressesAsync(name, AddressFamily.InterNetwork, cancellationToken);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    private async Task<TargetVerdict> PinAsync(string name, CancellationToken cancellationToken)
    {
        var addresses = (await LookUpAsync(name, cancellationToken))
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork).Select(Ipv4.From).Order().ToList();
        if (addresses.Count == 0)
            return new TargetVerdict.Refused(TargetRefusal.Unresolved, $"{name} has no IPv4 address (unresolved).");
        foreach (var address in addresses)
        {
            // One address outside is enough: which of them a program would pick is not ours to know.
            if (rule.Check(Ipv4Range.Of(address)) is TargetVerdict.Refused refused)
                return refused with { Reason = TargetRefusal.ResolvesOutside, Message = $"{name} resolves to a forbidden address: {refused.Message}" };
        }

        return new TargetVerdict.Allowed(new ScanTarget(addresses[0].ToString(), 1, RequestedName: name));
    }

    private async Task<IReadOnlyList<IPAddress>> LookUpAsync(string name, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(LookupTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await lookup(name, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }
}
