using System.Net;
using System.Text.Json;
using Sallyport.Connectors.Network.Targets;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network.Dns;

/// <summary>Looks names up for callers, inside the names and servers that the operator allows.</summary>
internal sealed class NameLookups(
    TargetRule rule, TargetResolver resolver, IReadOnlyList<Ipv4> servers, DnsClient dns, int maxArgumentBytes, TimeProvider clock, bool allowTransfers = false)
{
    private const int StandardPort = 53;

    public async Task<LookUpResult> LookUpAsync(LookUpName asked, ToolContext context, CancellationToken cancellationToken)
    {
        var (arguments, isShort) = DigArguments.Merge(asked, maxArgumentBytes);
        var query = QueryFor(arguments);
        var server = new IPEndPoint(await ServerAsync(arguments.Server, cancellationToken), arguments.Port);
        var began = clock.GetTimestamp();
        var answer = await AskAsync(server, query, arguments, cancellationToken);
        return new LookUpResult(
            answer.Status, answer.Answers, answer.Authority, answer.Additional, answer.Flags, Math.Round(clock.GetElapsedTime(began).TotalMilliseconds, 1),
            new LookUpServer(server.Address.ToString(), server.Port), answer.MessageSize, 0, arguments.CorrelationId ?? context.CallId,
            string.Concat(answer.Answers.Select(record => isShort ? record.Value + "\n" : $"{record.Name}\t{record.Ttl}\t{record.Class}\t{record.Type}\t{record.Value}\n")));
    }

    /// <summary>A whole zone shows an outsider what to attack, so a person decides who gets it.</summary>
    public static string? ReasonForPerson(object settings, JsonElement arguments)
    {
        try
        {
            var (asked, _) = DigArguments.Merge(arguments.Deserialize(NetworkToolsJson.Default.LookUpName)!, ((NetworkSettings)settings).MaxArgumentBytes);
            return RecordType.IsTransfer(asked.Type) ? "This hands over a whole zone." : null;
        }
        catch (InvalidArgumentsException)
        {
            // The look-up will be refused for it, in the same words.
            return null;
        }
    }

    /// <summary>Addresses of a name from the operator's servers, the first that answers; for the target rule.</summary>
    public static NameLookup Over(DnsClient dns, IReadOnlyList<Ipv4> servers, int port = StandardPort) => async (name, cancellationToken) =>
    {
        foreach (var server in servers)
        {
            try
            {
                var answer = await dns.AskAsync(new IPEndPoint(server.ToIPAddress(), port), new DnsQuery(name, RecordType.A), tcp: false, cancellationToken);
                return [.. answer.Answers.Where(record => record.Type == "A").Select(record => IPAddress.Parse(record.Value))];
            }
            catch (UpstreamException)
            {
                // The next server may know.
            }
        }

        return [];
    };

    private DnsQuery QueryFor(LookUpName arguments)
    {
        var isTransfer = RecordType.IsTransfer(arguments.Type);
        if (isTransfer && !allowTransfers)
            throw new InvalidArgumentsException("AXFR hands over a whole zone, and the operator has not allowed that for this tenant (network.allowIntrusive).");
        ushort type = 0;
        if (!isTransfer && arguments.Type is { } named && !RecordType.TryParse(named, out type))
            throw new InvalidArgumentsException($"'{named}' is not a record type that can be asked for.");
        if (Ipv4Range.TryParse(arguments.Target, out var range))
        {
            if (rule.Check(range) is TargetVerdict.Refused refused) throw refused.ToException();
            if (isTransfer || type is not (0 or RecordType.Ptr)) throw new InvalidArgumentsException("An address is looked up for its name only (type PTR).");
            return new DnsQuery(Backwards(range.First), RecordType.Ptr, arguments.Dnssec, arguments.Recurse);
        }

        if (!HostName.TryNormaliseRecord(arguments.Target, out var name))
            throw new InvalidArgumentsException("The target is neither an IPv4 address nor a DNS name.");
        if (rule.CheckName(name) is TargetVerdict.Refused outside) throw outside.ToException();
        return isTransfer
            ? new DnsQuery(name, RecordType.Axfr, Recurse: false)
            : new DnsQuery(name, type == 0 ? RecordType.A : type, arguments.Dnssec, arguments.Recurse);
    }

    /// <summary>A server that the caller named may be dead without look-ups being broken for everybody.</summary>
    private async Task<DnsAnswer> AskAsync(IPEndPoint server, DnsQuery query, LookUpName arguments, CancellationToken cancellationToken)
    {
        try
        {
            return query.Type == RecordType.Axfr
                ? await dns.TransferAsync(server, query, cancellationToken)
                : await dns.AskAsync(server, query, arguments.Tcp, cancellationToken);
        }
        catch (UpstreamException failure) when (arguments.Server is not null)
        {
            throw new UpstreamException(failure.Failure, failure.Message, failure) { SaysNothingOfHealth = true };
        }
    }

    private async Task<IPAddress> ServerAsync(string? named, CancellationToken cancellationToken)
    {
        if (named is null)
        {
            return servers.Count > 0
                ? servers[0].ToIPAddress()
                : throw new InvalidArgumentsException("Name a server to ask: the operator has set none (network.dnsServers), and the system's own might ask the Internet.");
        }

        return IPAddress.Parse((await resolver.RequireAsync(named, 1, cancellationToken)).Text);
    }

    private static string Backwards(Ipv4 address) => string.Join('.', address.ToString().Split('.').Reverse()) + ".in-addr.arpa";
}
