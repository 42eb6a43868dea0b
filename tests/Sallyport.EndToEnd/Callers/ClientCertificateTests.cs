using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Sallyport.EndToEnd.Callers;

/// <summary>TLS from PEM files and callers by client certificate, with the program as it ships.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private const string Token = "token-of-the-soc-agent-0123456789";

    private readonly TestAuthority _ours = new("ours");
    private readonly TestAuthority _strangers = new("strangers");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _ours.Dispose();
        _strangers.Dispose();
    }

    [Fact]
    public async Task A_certificate_of_our_authority_is_its_caller_by_digest_subject_or_name()
    {
        using var pinned = _ours.Client("CN=pinned");
        using var subject = _ours.Client("CN=scanner, O=SOC");
        using var workload = _ours.Client("CN=x", "spiffe://soc.test/agent");
        using var unknown = _ours.Client("CN=somebody");
        using var twice = _ours.Client("CN=scanner, O=SOC", "spiffe://soc.test/agent");
        await using var gate = await StartAsync(require: false, pinned);

        Assert.Equal("admin", await RoleAsync(gate, pinned));
        Assert.Equal("scanner", await RoleAsync(gate, subject));
        Assert.Equal("reader", await RoleAsync(gate, workload));
        Assert.Null(await RoleAsync(gate, unknown));
        Assert.Null(await RoleAsync(gate, twice));
        Assert.Null(await RoleAsync(gate, null));
        Assert.Equal("writer", await RoleAsync(gate, null, Token));
        // A token that is shown must be good, whatever certificate comes with it.
        Assert.Null(await RoleAsync(gate, pinned, "wrong"));
        Assert.Equal("writer", await RoleAsync(gate, pinned, Token));
    }

    [Fact]
    public async Task A_certificate_of_anybody_else_ends_the_connection()
    {
        using var pinned = _ours.Client("CN=pinned");
        using var stranger = _strangers.Client("CN=pinned");
        using var server = _ours.Client("CN=pinned", use: TestAuthority.ServerUse);
        using var old = _ours.Client("CN=pinned", days: -1);
        await using var gate = await StartAsync(require: false, pinned);

        foreach (var wrong in (X509Certificate2[])[stranger, server, old])
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => RoleAsync(gate, wrong));
        Assert.Equal("admin", await RoleAsync(gate, pinned));
    }

    [Fact]
    public async Task Where_a_certificate_is_required_a_token_alone_is_not_enough()
    {
        using var pinned = _ours.Client("CN=pinned");
        await using var gate = await StartAsync(require: true, pinned);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => RoleAsync(gate, null, Token));
        Assert.Equal("writer", await RoleAsync(gate, pinned, Token));
    }

    private async Task<ServedGate> StartAsync(bool require, X509Certificate2 pinned)
    {
        var program = new SallyportProgram { Variables = { ["TOKEN"] = Token } };
        var (certificate, key) = _ours.Server();
        program.Write("gate.pem", certificate);
        program.Write("gate.key", key);
        program.Write("ca.pem", _ours.RootPem);
        return await ServedGate.StartAsync(program, $$"""
            http: { tls: { certificate: gate.pem, key: gate.key, clientCa: ca.pem, requireClientCertificate: {{(require ? "true" : "false")}} } }
            callers:
              - { name: pinned, certificate: "sha256:{{Convert.ToHexStringLower(SHA256.HashData(pinned.RawData))}}", role: admin }
              - { name: by-subject, certificate: "subject:CN=scanner, O=SOC", role: scanner }
              - { name: by-name, certificate: "san:spiffe://soc.test/agent", role: reader }
              - { name: by-token, token: "${env:TOKEN}", role: writer }
            tenants: { default: { network: { allowedTargets: [loopback] } } }
            """, "127.0.0.1:0", Cancel);
    }

    /// <summary>The role of whoever the gate takes this for, told by what it may do; null when it is let in as nobody.</summary>
    private async Task<string?> RoleAsync(ServedGate gate, X509Certificate2? certificate, string? token = null)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(_ours.Root);
        if (certificate is not null)
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        using var client = new HttpClient(handler) { BaseAddress = gate.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "tools");
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var answer = await client.SendAsync(request, Cancel);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
            return null;
        answer.EnsureSuccessStatusCode();
        using var who = new HttpRequestMessage(HttpMethod.Post, "tools/no_such_tool/execute") { Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json") };
        if (token is not null)
            who.Headers.Authorization = new("Bearer", token);
        using var refused = await client.SendAsync(who, Cancel);
        // The audit says who asked for a tool that does not exist.
        var name = gate.Audit.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
            .Last(record => record.TryGetProperty("caller", out _)).GetProperty("caller").GetString();
        return name switch { "pinned" => "admin", "by-subject" => "scanner", "by-name" => "reader", "by-token" => "writer", _ => name };
    }
}
