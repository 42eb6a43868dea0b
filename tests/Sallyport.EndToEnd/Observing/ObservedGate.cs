using System.Net.Http.Headers;
using System.Text;
using Sallyport.EndToEnd.Callers;

namespace Sallyport.EndToEnd.Observing;

/// <summary>The program serving over HTTP with given settings of observability, and a client that shows a good token.</summary>
internal sealed class ObservedGate : IAsyncDisposable
{
    private const string Token = "observed-token-0123456789";

    private readonly ServedGate _gate;

    private ObservedGate(ServedGate gate) => _gate = gate;

    public HttpClient Client => _gate.Client;

    public string Folder => _gate.Program.Folder;

    public static async Task<ObservedGate> StartAsync(string observability, params (string Name, string Value)[] variables)
    {
        var program = new SallyportProgram { Variables = { ["OBSERVED_TOKEN"] = Token } };
        foreach (var (name, value) in variables)
            program.Variables[name] = value;
        var gate = await ServedGate.StartAsync(program, $$"""
            callers: [ { name: soc, token: '${env:OBSERVED_TOKEN}', role: scanner } ]
            observability: {{{observability}}}
            allowLoopbackUpstream: true
            tenants:
              default: { network: { allowedTargets: [loopback] }, vectra: { baseUrl: 'http://127.0.0.1:9', clientId: soc, clientSecret: canary-of-vectra } }
            """, "127.0.0.1:0", TestContext.Current.CancellationToken);
        gate.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return new ObservedGate(gate);
    }

    public Task<HttpResponseMessage> CallAsync(string tool, string arguments, CancellationToken cancellationToken)
        => Client.PostAsync($"/tools/{tool}/execute", new StringContent(arguments, Encoding.UTF8, "application/json"), cancellationToken);

    /// <summary>Asks it to end, as an orchestrator does, and gives all it said until it had.</summary>
    public Task<string> EndAsync(CancellationToken cancellationToken) => _gate.EndAsync(cancellationToken);

    public ValueTask DisposeAsync() => _gate.DisposeAsync();
}
