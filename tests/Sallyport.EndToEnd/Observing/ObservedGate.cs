using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Sallyport.EndToEnd.Observing;

/// <summary>The built program serving over HTTP, with a client that shows a good token.</summary>
internal sealed class ObservedGate : IDisposable
{
    private const string Token = "observed-token-0123456789";

    private readonly SallyportProgram _program = new();
    private Process? _process;

    public HttpClient Client { get; } = new();

    public string Folder => _program.Folder;

    public static async Task<ObservedGate> StartAsync(string observability, params (string Name, string Value)[] variables)
    {
        var gate = new ObservedGate();
        gate._program.Variables["OBSERVED_TOKEN"] = Token;
        foreach (var (name, value) in variables)
            gate._program.Variables[name] = value;
        gate._program.Write("sallyport.yaml", $$"""
            callers: [ { name: soc, token: '${env:OBSERVED_TOKEN}', role: scanner } ]
            observability: {{{observability}}}
            allowLoopbackUpstream: true
            tenants:
              default: { network: { allowedTargets: [loopback] }, vectra: { baseUrl: 'http://127.0.0.1:9', clientId: soc, clientSecret: canary-of-vectra } }
            """);
        gate._process = gate._program.Start("serve", "--listen", "127.0.0.1:0");
        gate.Client.BaseAddress = await AddressAsync(gate._process.StandardError);
        gate.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return gate;
    }

    public Task<HttpResponseMessage> CallAsync(string tool, string arguments, CancellationToken cancellationToken)
        => Client.PostAsync($"/tools/{tool}/execute", new StringContent(arguments, Encoding.UTF8, "application/json"), cancellationToken);

    /// <summary>Asks it to end, as an orchestrator does, and waits until it has.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
            _process.Kill(entireProcessTree: true);
        _process?.Dispose();
        Client.Dispose();
        _program.Dispose();
    }

    private static async Task<Uri> AddressAsync(StreamReader error)
    {
        const string Said = "Serving MCP at ";
        while (await error.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(Said, StringComparison.Ordinal))
            {
                // What comes after must go on being read, or the program waits.
                _ = error.ReadToEndAsync(TestContext.Current.CancellationToken);
                return new Uri(line[(line.IndexOf(Said, StringComparison.Ordinal) + Said.Length)..]);
            }
        }

        throw new InvalidOperationException("The program ended before it served.");
    }
}
