using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Gateway.Audit.Forwarding;

namespace Sallyport.Gateway.Audit.Sinks;

/// <summary>
/// Syslog over TCP or TLS. The protocol confirms nothing: what the receiver had not read when it went away is lost with
/// the connection, so that records stay in doubt for a while and are sent again if it breaks.
/// </summary>
public sealed class SyslogStreamSink(SyslogTarget target, SinkTls tls, TimeProvider clock) : IAuditSink
{
    private const int TcpLevel = 6;
    private const int TcpUserTimeout = 18;
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private Socket? _socket;
    private Stream? _stream;
    private Task<bool> _reading = Task.FromResult(true);

    /// <summary>Longer than it takes to notice that a receiver is gone without a word.</summary>
    public TimeSpan Doubt => LongestSilence * 1.5;

    public bool IsConnected => _stream is not null && !_reading.IsCompleted;

    public int MaxRecordBytes => int.MaxValue;

    public async Task SendAsync(IReadOnlyList<AuditLine> records, CancellationToken cancellationToken)
    {
        try
        {
            if (_stream is null) await WithinAsync(LongestConnect, ConnectAsync, cancellationToken);
            else if (_reading.IsCompleted) throw new SinkException("closed the connection");
            _buffer.ResetWrittenCount();
            foreach (var record in records) SyslogMessage.WriteFrame(_buffer, record);
            await WithinAsync(LongestWrite, token => _stream!.WriteAsync(_buffer.WrittenMemory, token).AsTask(), cancellationToken);
        }
        catch (Exception failure)
        {
            Close();
            if (failure is SinkException || cancellationToken.IsCancellationRequested) throw;
            throw new SinkException(Problem(failure), failure);
        }
    }

    public async Task<bool> FinishAsync(CancellationToken cancellationToken)
    {
        if (!IsConnected) return false;
        try
        {
            if (_stream is SslStream secure) await secure.ShutdownAsync().WaitAsync(cancellationToken);
            _socket!.Shutdown(SocketShutdown.Send);
            // A receiver that closes in turn has read everything up to our end.
            return await _reading.WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        await _socket.ConnectAsync(target.Host, target.Port, cancellationToken);
        // A receiver that does not acknowledge for so long is gone; without this Linux would try for a quarter of an hour.
        if (OperatingSystem.IsLinux()) _socket.SetRawSocketOption(TcpLevel, TcpUserTimeout, BitConverter.GetBytes((int)LongestSilence.TotalMilliseconds));
        Stream stream = new NetworkStream(_socket);
        if (target.Transport == SyslogTransport.Tls) stream = await SecureAsync(stream, cancellationToken);
        _stream = stream;
        _reading = ReadToEndAsync(stream);
    }

    private async Task<Stream> SecureAsync(Stream plain, CancellationToken cancellationToken)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = target.Host, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
        if (tls.CaFile is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(tls.CaFile);
        }

        if (tls.CertificateFile is not null)
        {
            using var pem = X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile);
            // A key read from PEM lives in memory only, which Windows cannot connect with.
            options.ClientCertificates = [X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null)];
        }

        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsClientAsync(options, cancellationToken);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    /// <summary>A syslog receiver says nothing, but its end is how we learn that it is gone; true when it ended in order.</summary>
    private static async Task<bool> ReadToEndAsync(Stream stream)
    {
        var ignored = new byte[512];
        try
        {
            while (await stream.ReadAsync(ignored) > 0) { }
            return true;
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
    }

    private async Task WithinAsync(TimeSpan limit, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await work(either.Token);
    }

    private static string Problem(Exception failure) => failure switch
    {
        AuthenticationException => "could not be trusted or does not trust us",
        SocketException socket => $"cannot be reached ({socket.SocketErrorCode})",
        OperationCanceledException => "does not answer in time",
        CryptographicException => "cannot be called with the certificates given",
        _ => "broke the connection",
    };

    private void Close()
    {
        _stream?.Dispose();
        _socket?.Dispose();
        (_stream, _socket) = (null, null);
    }
}
