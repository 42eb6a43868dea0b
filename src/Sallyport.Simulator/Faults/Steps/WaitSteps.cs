using Microsoft.AspNetCore.Http;

namespace Sallyport.Simulator.Faults.Steps;

/// <summary>Answers late.</summary>
internal sealed class DelayStep(TimeSpan delay) : FaultStep
{
    internal override async Task ApplyAsync(HttpContext http, FaultScene scene, RequestDelegate next)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, scene.Stopping);
        await Task.Delay(delay, scene.Time, ended.Token);
        await next(http);
    }
}

/// <summary>Answers when somebody says so.</summary>
internal sealed class HoldStep(Task release) : FaultStep
{
    internal override async Task ApplyAsync(HttpContext http, FaultScene scene, RequestDelegate next)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, scene.Stopping);
        await release.WaitAsync(ended.Token);
        await next(http);
    }
}
