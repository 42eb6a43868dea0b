using System.Net;
using System.Net.Sockets;
using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Devices;

namespace Sallyport.Simulator.Hosting.Ports;

/// <summary>The services of the unpatched web server, on free loopback ports, with the banners that a port scan reads.</summary>
internal sealed class OpenPorts : IAsyncDisposable
{
    private const int MostConnections = 64;
    private static readonly TimeSpan MostTalk = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _places = new(MostConnections);
    private readonly TimeProvider _time;
    private readonly List<(TcpListener Listener, Task Serving)> _open = [];

    private OpenPorts(TimeProvider time) => _time = time;

    public IReadOnlyList<RunningService> Services { get; private set; } = [];

    public static OpenPorts Start(Company world, IPAddress address, TimeProvider time)
    {
        var ports = new OpenPorts(time);
        var services = new List<RunningService>();
        foreach (var service in world.Device(Cast.WebServer).Services)
            services.Add(ports.Open(service, address));
        ports.Services = services;
        return ports;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        foreach (var (listener, serving) in _open)
        {
            listener.Dispose();
            await serving;
        }
        _stopping.Dispose();
        _places.Dispose();
    }

    private RunningService Open(OpenService service, IPAddress address)
    {
        var listener = new TcpListener(address, 0);
        listener.Start();
        _open.Add((listener, ServeAsync(listener, ServiceTalk.Of(service.Name))));
        return new(service.Name, (IPEndPoint)listener.LocalEndpoint, Cast.WebServer, service.Port, service.Product, service.Version);
    }

    private async Task ServeAsync(TcpListener listener, ServiceTalk talk)
    {
        var talking = new List<Task>();
        try
        {
            while (true)
            {
                await _places.WaitAsync(_stopping.Token);
                talking.RemoveAll(static task => task.IsCompleted);
                talking.Add(TalkAsync(await listener.AcceptTcpClientAsync(_stopping.Token), talk));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(talking);
        }
    }

    private async Task TalkAsync(TcpClient client, ServiceTalk talk)
    {
        using var limit = new CancellationTokenSource(MostTalk, _time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token);
        try
        {
            using (client)
                await talk.RunAsync(client.GetStream(), ended.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // A scanner that hangs up, or is cut off, is what these ports are for.
        }
        finally
        {
            _places.Release();
        }
    }
}
