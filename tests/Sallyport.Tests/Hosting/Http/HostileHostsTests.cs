using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Configuration.Sections;
using Sallyport.Connectors;
using Sallyport.Core;
using Sallyport.Core.Http;
using Sallyport.Core.RequestTenants;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Forwarding;
using Sallyport.Gateway.Audit.Sinks;
using Sallyport.Gateway.Identity.OAuth;
using Sallyport.Hosting.Http.OAuth;
using Sallyport.Hosting.Observing;
using Sallyport.Tests.Configuration;
using Sallyport.Tests.Core.Http;
using Sallyport.Tests.Mcp;

namespace Sallyport.Tests.Hosting.Http;

/// <summary>
/// Every setting and header that names a host, given every spelling of addresses inside: it is refused when it is read, or
/// the attempt to reach it fails. Nothing ever arrives at what listens there.
/// </summary>
public sealed class HostileHostsTests
{
    private static readonly string[] Inside =
    [
        "127.0.0.1", "127.1", "127.0.0.1.", "2130706433", "0177.0.0.1", "017700000001", "0x7f.0.0.1", "0x7f000001", "localhost", "LOCALHOST.", "①②⑦.⓪.⓪.①", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
        "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "0", "0.0.0.0", "[::]",
        "169.254.169.254", "2852039166", "0xa9fea9fe", "[::ffff:169.254.169.254]", "[fd00:ec2::254]", "100.100.100.200", "168.63.129.16",
        "portal.vectra.ai@127.0.0.1", "login.test%40127.0.0.1", "127.0.0.1%2Fportal.vectra.ai", "127.0.0.1%00.test", "graph.microsoft.com@127.0.0.1", "127.0.0.1%2e",
    ];

    private static readonly string[] Metadata =
    [
        "169.254.169.254", "169.254.169.254.", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "①⑥⑨.②⑤④.①⑥⑨.②⑤④", "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]",
        "[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::]", "[fe80::a9fe:a9fe]", "[fd00:ec2::254]", "100.100.100.200", "168.63.129.16", "login.test@169.254.169.254",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Settings => new()
    {
        { "eset", "{ deployment: onprem, serverUrl: \"URL\", user: u, password: p12345678 }" },
        { "vectra", "{ baseUrl: \"URL\", clientId: i, clientSecret: s12345678 }" },
        { "vectra", "{ baseUrl: \"https://123456789012.cc1.portal.vectra.ai\", tokenUrl: \"URL/oauth2/token\", clientId: i, clientSecret: s12345678 }" },
        { "defectdojo", "{ url: \"URL\", apiKey: \"0123456789012345678901234567890123456789\" }" },
        { "defender", "{ tenantId: 11111111-2222-3333-4444-555555555555, clientId: 11111111-2222-3333-4444-555555555556, clientSecret: s12345678, authorityHost: \"URL\" }" },
        { "defender", "{ tenantId: 11111111-2222-3333-4444-555555555555, clientId: 11111111-2222-3333-4444-555555555556, clientSecret: s12345678, apiBase: \"URL\" }" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_platforms_address_never_leads_inside(string platform, string section)
    {
        using var canary = new Canary();
        var connector = BuiltInConnectors.All.Single(connector => connector.Id == platform);
        await Parallel.ForEachAsync(Inside, Token, async (host, token) =>
        {
            using var bench = new SettingsBench { Connectors = BuiltInConnectors.All, Yaml = $"tenants: {{ t: {{ {platform}: {section.Replace("URL", $"https://{host}:{canary.Port}", StringComparison.Ordinal)} }} }}" };
            var loaded = bench.Load();
            if (loaded.Problems.Count > 0)
            {
                Assert.All(loaded.Problems, problem => Assert.StartsWith($"tenants.t.{platform}", problem.ToString(), StringComparison.Ordinal));
                return;
            }

            var failure = await Record.ExceptionAsync(async () =>
            {
                await using var client = connector.Connect(
                    loaded.Settings!.Tenants["t"].Connectors[platform], new UpstreamContext("t", new HurriedTime(), NullLoggerFactory.Instance, bench.Folder));
                await connector.ProbeAsync(client, token);
            });
            Assert.True(failure is UpstreamException, $"{platform} {host}: {failure}");
        });
        canary.AssertUntouched();
    }

    [Theory]
    [InlineData("oauth: { issuer: \"URL\", audience: 'https://gate.test' }")]
    [InlineData("oauth: { issuer: 'https://login.invalid', audience: 'https://gate.test', keysEndpoint: \"URL/keys\" }")]
    [InlineData("oauth: { issuer: 'https://login.invalid', audience: 'https://gate.test', introspection: { endpoint: \"URL/introspect\", clientId: i, clientSecret: s12345678 } }")]
    public async Task An_OAuth_servers_address_never_leads_inside(string yaml)
    {
        using var canary = new Canary();
        await using var gate = await TestGate.StartAsync(Token);
        await Parallel.ForEachAsync(Inside, Token, async (host, token) =>
        {
            using var bench = new SettingsBench { Yaml = yaml.Replace("URL", $"https://{host}:{canary.Port}", StringComparison.Ordinal) };
            var loaded = bench.Load();
            if (loaded.Problems.Count > 0)
            {
                Assert.All(loaded.Problems, problem => Assert.StartsWith("oauth.", problem.ToString(), StringComparison.Ordinal));
                return;
            }

            using var door = OAuthDoor.Of(loaded.Settings!, gate.Parts)!;
            Assert.IsType<TokenVerdict.Unavailable>(await door.Tokens.CheckAsync(SomeToken, token));
        });
        canary.AssertUntouched();
    }

    [Theory]
    [InlineData("{ \"issuer\": \"ISSUER\", \"jwks_uri\": \"http://169.254.169.254/keys\" }")]
    [InlineData("{ \"issuer\": \"ISSUER\", \"jwks_uri\": \"https://metadata@169.254.169.254/keys\" }")]
    [InlineData("{ \"issuer\": \"ISSUER\", \"jwks_uri\": \"file:///etc/passwd\" }")]
    [InlineData("{ \"issuer\": \"https://login.test\", \"jwks_uri\": \"ISSUER/keys\" }")]
    [InlineData("{ \"issuer\": \"ISSUER\" }")]
    [InlineData("302")]
    public async Task What_a_discovery_document_or_a_redirect_points_to_is_not_followed_inside(string document)
    {
        using var canary = new Canary();
        await using var server = await ScriptedServer.StartAsync((http, _) =>
        {
            var issuer = $"http://{http.Request.Host}";
            if (document == "302")
            {
                http.Response.Redirect($"http://127.0.0.1:{canary.Port}/latest/meta-data/");
                return Task.CompletedTask;
            }

            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync(document.Replace("ISSUER", issuer, StringComparison.Ordinal));
        });
        await using var gate = await TestGate.StartAsync(Token);
        using var bench = new SettingsBench { Yaml = $"allowLoopbackUpstream: true\noauth: {{ issuer: '{server.Address.GetLeftPart(UriPartial.Authority)}', audience: 'https://gate.test' }}" };
        using var door = OAuthDoor.Of(bench.Settings(), gate.Parts)!;

        Assert.IsType<TokenVerdict.Unavailable>(await door.Tokens.CheckAsync(SomeToken, Token));

        Assert.All(server.Requests, request => Assert.Contains("/.well-known/", request.Path, StringComparison.Ordinal));
        canary.AssertUntouched();
    }

    [Fact]
    public void The_header_that_names_a_console_names_one_of_the_operators_or_is_refused()
    {
        using var bench = new SettingsBench
        {
            Connectors = BuiltInConnectors.All,
            Yaml = "tenants: { t: { eset: { deployment: onprem, serverUrl: 'https://console.test:9443', requestCredentials: {} } } }",
        };
        var settings = bench.Settings().Tenants["t"].Connectors["eset"];
        var reader = BuiltInConnectors.All.OfType<IRequestTenants>().Single();
        RequestTenant Read(string server) => reader.Read(settings, name => name switch
        {
            "Authorization" => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("user:password"))}",
            "X-ESET-Server-URL" => server,
            _ => null,
        });

        Assert.IsType<RequestTenant.Accepted>(Read("https://console.test:9443"));
        string[] lookalikes =
        [
            .. Inside.Select(host => $"https://{host}:9443"), "https://console.test:9444", "http://console.test:9443", "https://console.test.:9443", "https://console.test.evil.test:9443",
            "https://console.test:9443@evil.test", "https://console.test:9443/x", "https://console.test:9443?x", "https://console.test:9443#x", "https://сonsole.test:9443",
            "https://console.test:9443,https://evil.test", "https://evil.test\\@console.test:9443",
        ];
        foreach (var server in lookalikes)
            Assert.True(Read(server) is RequestTenant.Refused { Status: 400 }, server);
    }

    [Fact]
    public async Task Records_and_traces_go_where_the_operator_said_but_never_to_a_metadata_service()
    {
        await Parallel.ForEachAsync(Metadata, Token, async (host, token) =>
        {
            var address = new Uri($"https://{host}/latest/meta-data/");
            await using var sink = new HttpsSink(address, BatchForm.Array, new Secret("canary-token-0815"), null, new UpstreamContext("audit", TimeProvider.System, NullLoggerFactory.Instance, "", AllowLoopback: true));
            using var collector = BorrowedHttpClient.ToOperators("The collector", TimeSpan.FromSeconds(20));

            var records = await Record.ExceptionAsync(() => sink.SendAsync([One], token));
            var traces = await Record.ExceptionAsync(() => collector.PostAsync(address, null, token));

            // A name that only looks like an address is none to any resolver.
            foreach (var failure in (Exception?[])[Assert.IsType<SinkException>(records), traces])
            {
                Assert.True(
                    failure!.ToString().Contains("not allowed", StringComparison.Ordinal) || failure.GetBaseException() is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData },
                    $"{host}: {failure}");
            }
        });
    }

    [Fact]
    public async Task Neither_records_nor_traces_nor_the_keys_for_them_follow_a_redirect()
    {
        using var canary = new Canary();
        await using var server = await ScriptedServer.StartAsync((http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            http.Response.Headers.Location = $"http://127.0.0.1:{canary.Port}/v1/traces";
            return Task.CompletedTask;
        });
        await using var sink = new HttpsSink(server.Address, BatchForm.Array, new Secret("canary-token-0815"), null, new UpstreamContext("audit", TimeProvider.System, NullLoggerFactory.Instance, "", AllowLoopback: true));
        using var observers = Observers.Start(new ObservabilitySettings { Otlp = server.Address.ToString() }, hasPage: false);

        Assert.IsType<SinkException>(await Record.ExceptionAsync(() => sink.SendAsync([One], Token)));
        // Whatever waits is sent at the end.
        observers.Dispose();

        Assert.Contains(server.Requests, request => request.Path.EndsWith("/v1/metrics", StringComparison.Ordinal));
        canary.AssertUntouched();
    }

    [Theory]
    [InlineData("audit: { https: \"URL\" }", "audit.https")]
    [InlineData("audit: { checkpoints: { https: \"URL\" } }", "audit.checkpoints.https")]
    [InlineData("oauth: { issuer: \"URL\", audience: 'https://gate.test' }", "oauth.issuer")]
    public void An_address_with_an_account_in_front_or_without_https_is_refused(string yaml, string path)
    {
        foreach (var address in (string[])["http://collector.test", "https://collector.test@127.0.0.1", "ftp://collector.test", "file:///etc/passwd", "//collector.test", "gopher://collector.test", "collector.test"])
        {
            using var bench = new SettingsBench { Yaml = yaml.Replace("URL", address, StringComparison.Ordinal) };
            Assert.Contains(bench.Problems(), problem => problem.StartsWith(path, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("ftp://collector.test")]
    [InlineData("http://collector.test@127.0.0.1:4318")]
    [InlineData("http://collector.test:4318/?x=1")]
    [InlineData("http://collector.test:4318/#x")]
    [InlineData("file:///etc/passwd")]
    public void A_collectors_address_is_plain(string address)
    {
        using var bench = new SettingsBench { Yaml = $"observability: {{ otlp: \"{address}\" }}" };

        Assert.Contains(bench.Problems(), problem => problem.StartsWith("observability.otlp", StringComparison.Ordinal));
    }

    private static AuditLine One { get; } = new("audit.jsonl", 1, "{}"u8.ToArray(), null);

    private static string SomeToken { get; } = string.Join('.', ((string[])["{\"alg\":\"RS256\",\"kid\":\"k\"}", "{}", "x"]).Select(part => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part))));

    /// <summary>Listens on every address of this machine and remembers whether anybody came.</summary>
    private sealed class Canary : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };

        public Canary()
        {
            _socket.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
            _socket.Listen(128);
        }

        public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

        public void AssertUntouched() => Assert.False(_socket.Poll(0, SelectMode.SelectRead), "somebody connected");

        public void Dispose() => _socket.Dispose();
    }

    /// <summary>Waits between attempts are over at once; timeouts are not.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromSeconds(9) ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }
}
