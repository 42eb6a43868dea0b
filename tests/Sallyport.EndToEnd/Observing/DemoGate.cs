using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Sallyport.EndToEnd.Observing;

/// <summary>The demo with its simulated platforms, after its tour, and a client with the token that it hands out.</summary>
internal sealed partial class DemoGate : IDisposable
{
    private readonly SallyportProgram _program = new();
    private Process? _process;

    public HttpClient Client { get; } = new();

    public static async Task<DemoGate> StartAsync()
    {
        var demo = new DemoGate();
        demo._process = demo._program.Start("demo", "--listen", "127.0.0.1:0");
        _ = demo._process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (await demo._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (Offer().Match(line) is not { Success: true } offer)
                continue;
            demo.Client.BaseAddress = new Uri(new Uri(offer.Groups["address"].Value), "/");
            demo.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", offer.Groups["token"].Value);
            _ = demo._process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            return demo;
        }

        throw new InvalidOperationException("The demo ended before it served.");
    }

    public Task<HttpResponseMessage> CallAsync(string tool, string arguments, CancellationToken cancellationToken)
        => Client.PostAsync($"/tools/{tool}/execute", new StringContent(arguments, Encoding.UTF8, "application/json"), cancellationToken);

    public void Dispose()
    {
        if (_process is { HasExited: false })
            _process.Kill(entireProcessTree: true);
        _process?.Dispose();
        Client.Dispose();
        _program.Dispose();
    }

    /// <summary>The line that people paste into their client.</summary>
    [GeneratedRegex("sallyport (?<address>http://[^ ]+) --header \"Authorization: Bearer (?<token>[^\"]+)\"")]
    private static partial Regex Offer();
}
