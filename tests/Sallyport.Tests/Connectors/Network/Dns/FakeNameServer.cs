using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Sallyport.Tests.Connectors.Network.Dns;

/// <summary>A name server on loopback, over UDP and TCP on one port, that answers with bytes the test made from the question.</summary>
internal sealed class FakeNameServer : IAsyncDisposable
{
    private readonly Socket _udp;
    private readonly Socket _tcp;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <param name="answer">Given the question and whether it came over TCP; each array that comes back is sent as one message.</param>
    public FakeNameServer(Func<byte[], bool, byte[][]> answer)
    {
        (_udp, _tcp, Port) = OnOnePort();
        _tcp.Listen();
        _serving = Task.WhenAll(ServeUdpAsync(answer), ServeTcpAsync(answer));
    }

    public int Port { get; }

    public int Questions { get; private set; }

    /// <summary>An answer to the question with these records, each written as type, ttl and data.</summary>
    public static byte[] Answer(byte[] question, ushort flags, params (ushort Type, uint Ttl, byte[] Data)[] records)
    {
        var questionEnd = 12;
        while (question[questionEnd] != 0) questionEnd += question[questionEnd] + 1;
        questionEnd += 5;
        List<byte> message = [.. question.AsSpan(0, questionEnd)];
        BinaryPrimitives.WriteUInt16BigEndian(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(message)[2..], flags);
        message[7] = (byte)records.Length;
        message[11] = 0;
        Span<byte> head = stackalloc byte[12];
        foreach (var (type, ttl, data) in records)
        {
            BinaryPrimitives.WriteUInt16BigEndian(head, 0xC00C);
            BinaryPrimitives.WriteUInt16BigEndian(head[2..], type);
            BinaryPrimitives.WriteUInt16BigEndian(head[4..], 1);
            BinaryPrimitives.WriteUInt32BigEndian(head[6..], ttl);
            BinaryPrimitives.WriteUInt16BigEndian(head[10..], (ushort)data.Length);
            message.AddRange(head);
            message.AddRange(data);
        }

        return [.. message];
    }

    /// <summary>A name in the form of the wire.</summary>
    public static byte[] Name(string name) => [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. System.Text.Encoding.Latin1.GetBytes(label)]), 0];

    /// <summary>A port that is free for datagrams may be taken for connections: then another one is tried.</summary>
    private static (Socket Udp, Socket Tcp, int Port) OnOnePort()
    {
        while (true)
        {
            var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var port = ((IPEndPoint)udp.LocalEndPoint!).Port;
            var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                tcp.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return (udp, tcp, port);
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                udp.Dispose();
                tcp.Dispose();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _udp.Dispose();
        _tcp.Dispose();
        _stop.Dispose();
    }

    private async Task ServeUdpAsync(Func<byte[], bool, byte[][]> answer)
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var received = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                Questions++;
                foreach (var message in answer(buffer[..received.ReceivedBytes], false))
                    await _udp.SendToAsync(message, received.RemoteEndPoint, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeTcpAsync(Func<byte[], bool, byte[][]> answer)
    {
        try
        {
            while (true)
            {
                using var connection = await _tcp.AcceptAsync(_stop.Token);
                await using var stream = new NetworkStream(connection);
                var prefix = new byte[2];
                await stream.ReadExactlyAsync(prefix, _stop.Token);
                var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
                await stream.ReadExactlyAsync(question, _stop.Token);
                foreach (var message in answer(question, true))
                {
                    BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)message.Length);
                    await stream.WriteAsync((byte[])[.. prefix, .. message], _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
