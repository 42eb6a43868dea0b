using Microsoft.AspNetCore.Http;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting.Http;

namespace Sallyport.Hosting.Reload;

/// <summary>Who is let in, by the settings that hold at the moment of each request.</summary>
internal sealed class LiveCallers(FindCaller first)
{
    private FindCaller _find = first;

    public void Use(FindCaller changed) => Volatile.Write(ref _find, changed);

    public ValueTask<Caller?> FindAsync(HttpContext http) => Volatile.Read(ref _find)(http);
}
