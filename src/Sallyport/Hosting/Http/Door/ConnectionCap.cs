using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Sallyport.Hosting.Http.Door;

/// <summary>Closes connections of an address that holds too many already, before anything is read, so that others find a place.</summary>
internal sealed class ConnectionCap(int most)
{
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    public void Use(ListenOptions listen) => listen.Use(next => connection => HandleAsync(connection, next));

    private async Task HandleAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = AddressKey.Of((connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None);
        try
        {
            if (_open.AddOrUpdate(address, 1, static (_, open) => open + 1) <= most)
                await next(connection);
            else
                connection.Abort();
        }
        finally
        {
            if (_open.AddOrUpdate(address, 0, static (_, open) => open - 1) == 0)
                _open.TryRemove(KeyValuePair.Create(address, 0));
        }
    }
}
