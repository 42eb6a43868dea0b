using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Connectors.Network.Targets;
using Sallyport.Core;

namespace Sallyport.Connectors.Network.Tls;

/// <summary>Opens TLS connections to one server, sends nothing over them, and tells what the server showed.</summary>
internal sealed class TlsInspector(TargetResolver resolver, TimeProvider clock)
{
    private static readonly TimeSpan TimeToShake = TimeSpan.FromSeconds(10);
    private static readonly SslProtocols[] Versions = [SslProtocols.Tls12, SslProtocols.Tls13];

    public async Task<TlsResult> InspectAsync(InspectTls asked, CancellationToken cancellationToken)
    {
        var target = await resolver.RequireAsync(asked.Target, 1, cancellationToken);
        var server = new IPEndPoint(IPAddress.Parse(target.Text), asked.Port);
        var name = asked.ServerName ?? target.RequestedName;
        if (name is not null && !HostName.TryNormalise(name, out name)) throw new InvalidArgumentsException("server_name is not a host name.");
        List<TlsVersion> accepted = [];
        Handshake? best = null;
        foreach (var version in Versions)
        {
            var shaken = await WithinAsync(server, token => ShakeAsync(server, name, version, token), cancellationToken);
            accepted.Add(new TlsVersion(version.ToString(), shaken is not null));
            best = shaken ?? best;
        }

        return best is null
            ? throw new UpstreamException(UpstreamFailure.InvalidResponse, $"{server} does not speak TLS 1.2 or 1.3 (or wants a client certificate).") { SaysNothingOfHealth = true }
            : new TlsResult(
                target.Text, asked.Port, best.Protocol, best.CipherSuite, accepted, best.Problems, best.Chain, target.RequestedName, name);
    }

    /// <summary>Null when the server would not agree on this version.</summary>
    private async Task<Handshake?> ShakeAsync(IPEndPoint server, string? name, SslProtocols version, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, cancellationToken);
        Handshake? shown = null;
        await using var tls = new SslStream(new NetworkStream(socket));
        try
        {
            await tls.AuthenticateAsClientAsync(Options(name ?? server.Address.ToString(), version, (certificate, chain, errors) =>
            {
                shown = Note(certificate, chain, errors);
                // Nothing is sent or believed: a certificate that no client should trust is just what we came to see.
                return shown is not null;
            }), cancellationToken);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return null;
        }

        return shown is null ? null : shown with { Protocol = tls.SslProtocol.ToString(), CipherSuite = tls.NegotiatedCipherSuite.ToString() };
    }

    private static SslClientAuthenticationOptions Options(string name, SslProtocols version, Func<X509Certificate?, X509Chain?, SslPolicyErrors, bool> show) => new()
    {
        TargetHost = name,
        EnabledSslProtocols = version,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => show(certificate, chain, errors),
        // No look at revocation lists and no fetching of missing certificates: both would call addresses that the server chose.
        CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
    };

    private Handshake? Note(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 own || chain is null) return null;
        var now = clock.GetUtcNow();
        var flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        return new Handshake(
            "", "", [.. CertificateReader.Problems(own, flags, !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch), now)],
            [.. chain.ChainElements.Select(element => CertificateReader.Read(element.Certificate, now))]);
    }

    private async Task<Handshake?> WithinAsync(IPEndPoint server, Func<CancellationToken, Task<Handshake?>> shake, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeToShake, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await shake(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UpstreamException(UpstreamFailure.Timeout, $"{server} did not finish a TLS handshake in {TimeToShake.TotalSeconds} seconds.") { SaysNothingOfHealth = true };
        }
        catch (SocketException e)
        {
            throw new UpstreamException(UpstreamFailure.Unavailable, $"{server} takes no connection: {e.SocketErrorCode}.", e) { SaysNothingOfHealth = true };
        }
    }

    private sealed record Handshake(string Protocol, string CipherSuite, IReadOnlyList<string> Problems, IReadOnlyList<TlsCertificate> Chain);
}
