using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Sallyport.Core;

namespace Sallyport.Connectors.Network.Dns;

/// <summary>Asks one name server one question: over UDP, again over TCP when the answer does not fit.</summary>
internal sealed class DnsClient(TimeProvider clock)
{
    private const int Tries = 2;
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TimeToTransfer = TimeSpan.FromSeconds(30);

    public async Task<DnsAnswer> AskAsync(IPEndPoint server, DnsQuery query, bool tcp, CancellationToken cancellationToken)
    {
        if (tcp) return await WithinAsync(token => OverTcpAsync(server, query, token), server, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await WithinAsync(token => OverUdpAsync(server, query, token), server, cancellationToken);
                return answer.IsTruncated ? await WithinAsync(token => OverTcpAsync(server, query, token), server, cancellationToken) : answer;
            }
            catch (UpstreamException e) when (e.Failure == UpstreamFailure.Timeout && attempt < Tries)
            {
                // A lost datagram is normal; a second one is not.
            }
        }
    }

    /// <summary>A whole zone.</summary>
    public Task<DnsAnswer> TransferAsync(IPEndPoint server, DnsQuery query, CancellationToken cancellationToken)
        => WithinAsync(token => OverTcpAsync(server, query, ZoneTransfer.ReadAsync, token), server, cancellationToken, TimeToTransfer);

    private async Task<DnsAnswer> WithinAsync(
        Func<CancellationToken, Task<DnsAnswer>> ask, IPEndPoint server, CancellationToken cancellationToken, TimeSpan? longest = null)
    {
        using var timeout = new CancellationTokenSource(longest ?? TimeToAnswer, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await ask(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UpstreamException(UpstreamFailure.Timeout, $"The name server {server.Address} did not answer.");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw new UpstreamException(UpstreamFailure.Unavailable, $"The name server {server.Address} cannot be reached.", e);
        }
        catch (DnsFormatException e)
        {
            throw new UpstreamException(UpstreamFailure.InvalidResponse, $"The name server {server.Address} sent an answer that cannot be read: {e.Message}.");
        }
    }

    private static async Task<DnsAnswer> OverUdpAsync(IPEndPoint server, DnsQuery query, CancellationToken cancellationToken)
    {
        // Connected: datagrams from anyone else do not arrive. The port is the system's random choice.
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellationToken);
        var id = NewId();
        await socket.SendAsync(query.Encode(id), cancellationToken);
        var buffer = new byte[ushort.MaxValue];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellationToken);
            // A late answer to an earlier try, or a guess: wait on for ours.
            if (length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(buffer) == id) return DnsReader.Read(buffer.AsSpan(0, length), query, id);
        }
    }

    private static Task<DnsAnswer> OverTcpAsync(IPEndPoint server, DnsQuery query, CancellationToken cancellationToken) => OverTcpAsync(server, query, ReadOneAsync, cancellationToken);

    private static async Task<DnsAnswer> OverTcpAsync(
        IPEndPoint server, DnsQuery query, Func<NetworkStream, DnsQuery, ushort, CancellationToken, Task<DnsAnswer>> read, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, cancellationToken);
        await using var stream = new NetworkStream(socket);
        var id = NewId();
        var question = query.Encode(id);
        var frame = new byte[question.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)question.Length);
        question.CopyTo(frame, 2);
        await stream.WriteAsync(frame, cancellationToken);
        return await read(stream, query, id, cancellationToken);
    }

    private static async Task<DnsAnswer> ReadOneAsync(NetworkStream stream, DnsQuery query, ushort id, CancellationToken cancellationToken)
    {
        var prefix = new byte[2];
        await stream.ReadExactlyAsync(prefix, cancellationToken);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return DnsReader.Read(answer, query, id);
    }

    private static ushort NewId() => (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
}
