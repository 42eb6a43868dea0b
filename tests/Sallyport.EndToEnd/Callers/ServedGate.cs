using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Sallyport.EndToEnd.Callers;

/// <summary>The program as it ships, serving HTTP with given settings, and everything it said.</summary>
internal sealed class ServedGate : IAsyncDisposable
{
    private const string Serving = "Serving MCP at ";

    private readonly Process _process;
    private readonly Task _reading;
    private readonly ConcurrentQueue<string> _said = new();

    private ServedGate(SallyportProgram program, Process process, TaskCompletionSource<Uri> address)
    {
        (Program, _process) = (program, process);
        _reading = ReadAsync(address);
    }

    public SallyportProgram Program { get; }

    public HttpClient Client { get; private set; } = null!;

    public Uri Address => Client.BaseAddress!;

    public string Said => string.Join('\n', _said);

    public string Audit => string.Concat(Directory.EnumerateFiles(Program.Folder, "audit*.jsonl", SearchOption.AllDirectories).Select(ReadShared));

    /// <summary>A port that is free now, for settings that must name their own address.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public static Task<ServedGate> StartAsync(string yaml, CancellationToken cancellationToken) => StartAsync(new SallyportProgram(), yaml, "127.0.0.1:0", cancellationToken);

    public static async Task<ServedGate> StartAsync(SallyportProgram program, string yaml, string listen, CancellationToken cancellationToken, HttpMessageHandler? handler = null)
    {
        program.Write("sallyport.yaml", yaml);
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new ServedGate(program, program.Start("serve", "--transport", "http", "--listen", listen), address);
        gate.Client = handler is null ? new HttpClient() : new HttpClient(handler);
        gate.Client.BaseAddress = await address.Task.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
        return gate;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, CancellationToken cancellationToken, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, cancellationToken);
    }

    /// <summary>One plain tool call.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Json)> CallAsync(string tool, string arguments, string? token, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"tools/{tool}/execute", token, cancellationToken, arguments);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)));
    }

    /// <summary>Asks the program to end, and gives everything that it said and recorded until it had.</summary>
    public async Task<string> EndAsync(CancellationToken cancellationToken)
    {
        await SallyportProgram.SignalAsync(_process.Id, "TERM", cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        await _reading.WaitAsync(cancellationToken);
        return $"{Said}\n{Audit}";
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
        Program.Dispose();
    }

    private async Task ReadAsync(TaskCompletionSource<Uri> address)
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _said.Enqueue(line);
            if (line.StartsWith(Serving, StringComparison.Ordinal))
                address.TrySetResult(new Uri(new Uri(line[Serving.Length..]), "/"));
        }

        address.TrySetException(new InvalidOperationException($"The program ended: {Said}"));
    }

    /// <summary>What a file holds that another process is writing.</summary>
    public static string ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}
