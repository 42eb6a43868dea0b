using System.Buffers;
using System.Net.Sockets;
using Sallyport.Gateway.Audit.Forwarding;

namespace Sallyport.Gateway.Audit.Sinks;

/// <summary>Syslog over UDP: one record a datagram, sent and forgotten.</summary>
public sealed class SyslogUdpSink(SyslogTarget target) : IAuditSink
{
    /// <summary>The most that IPv4 carries in one datagram, less room for the header of the message.</summary>
    private const int MaxDatagram = 65507;
    private const int MaxHeader = 512;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private Socket? _socket;

    public TimeSpan Doubt => TimeSpan.Zero;

    public bool IsConnected => true;

    public int MaxRecordBytes => MaxDatagram - MaxHeader;

    public async Task SendAsync(IReadOnlyList<AuditLine> records, CancellationToken cancellationToken)
    {
        try
        {
            if (_socket is null)
            {
                var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
                await socket.ConnectAsync(target.Host, target.Port, cancellationToken);
                _socket = socket;
            }

            foreach (var record in records)
            {
                _buffer.ResetWrittenCount();
                SyslogMessage.Write(_buffer, record);
                await _socket.SendAsync(_buffer.WrittenMemory, cancellationToken);
            }
        }
        catch (SocketException failure)
        {
            _socket?.Dispose();
            _socket = null;
            throw new SinkException($"cannot be reached ({failure.SocketErrorCode})", failure);
        }
    }

    public Task<bool> FinishAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public ValueTask DisposeAsync()
    {
        _socket?.Dispose();
        return ValueTask.CompletedTask;
    }
}
