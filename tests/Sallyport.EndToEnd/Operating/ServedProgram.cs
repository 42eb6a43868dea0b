using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Sallyport.EndToEnd.Operating;

/// <summary>The program, serving over HTTP, and a client of each kind.</summary>
internal sealed class ServedProgram : IDisposable
{
    public const string Admin = "token-of-the-admin-1";
    public const string Reader = "token-of-the-reader-1";

    private readonly Process _process;
    private readonly Uri _address;

    private ServedProgram(Process process, Uri address) => (_process, _address) = (process, address);

    public static string Settings(string targets = "loopback") => $$"""
        callers:
          - { name: boss, token: {{Admin}}, role: admin }
          - { name: soc, token: {{Reader}}, role: reader }
        tenants:
          lab: { network: { allowedTargets: [{{targets}}] } }
        """;

    public static async Task<ServedProgram> StartAsync(SallyportProgram program)
    {
        var process = program.Start("serve", "--listen", "127.0.0.1:0");
        var address = await SallyportProgram.AddressAsync(process.StandardError);
        // What it logs from now on must not fill the pipe.
        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
        return new ServedProgram(process, address);
    }

    public int ProcessId => _process.Id;

    public HttpClient Client(string token)
    {
        var client = new HttpClient { BaseAddress = _address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async Task<(HttpStatusCode Status, JsonElement Json)> SendAsync(HttpMethod method, string path, string token = Admin, string body = "{}")
    {
        using var client = Client(token);
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, Cancel);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Cancel)).RootElement);
    }

    /// <summary>Asks for the settings until they are so, or for as long as a test may take.</summary>
    public async Task<JsonElement> SettingsAsync(Predicate<JsonElement> until)
    {
        while (true)
        {
            var (_, json) = await SendAsync(HttpMethod.Get, "/config");
            if (until(json))
                return json;
            await Task.Delay(100, Cancel);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
