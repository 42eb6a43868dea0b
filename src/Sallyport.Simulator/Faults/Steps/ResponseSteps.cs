using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.Hosting.Journal;

namespace Sallyport.Simulator.Faults.Steps;

/// <summary>Hides the right answer behind white space, which is still JSON.</summary>
internal sealed class PadStep(long bytes) : FaultStep
{
    internal override async Task ApplyAsync(HttpContext http, FaultScene scene, RequestDelegate next)
    {
        var answer = await CapturedAnswer.OfAsync(http, next);
        http.Response.ContentLength = bytes + answer.Length;
        var blank = ArrayPool<byte>.Shared.Rent(1 << 16);
        blank.AsSpan().Fill((byte)' ');
        for (var left = bytes; left > 0; left -= blank.Length)
            await http.Response.Body.WriteAsync(blank.AsMemory(0, (int)Math.Min(left, blank.Length)), http.RequestAborted);
        ArrayPool<byte>.Shared.Return(blank);
        await http.Response.Body.WriteAsync(answer, http.RequestAborted);
    }
}

/// <summary>Cuts the right answer short.</summary>
internal sealed class TruncateStep(double keep) : FaultStep
{
    internal override async Task ApplyAsync(HttpContext http, FaultScene scene, RequestDelegate next)
    {
        var answer = await CapturedAnswer.OfAsync(http, next);
        var part = answer[..(int)(answer.Length * keep)];
        http.Response.ContentLength = part.Length;
        await http.Response.Body.WriteAsync(part, http.RequestAborted);
    }
}

/// <summary>Sends the right answer a little at a time.</summary>
internal sealed class DripStep(int pieceBytes, TimeSpan pause) : FaultStep
{
    internal override async Task ApplyAsync(HttpContext http, FaultScene scene, RequestDelegate next)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, scene.Stopping);
        var answer = await CapturedAnswer.OfAsync(http, next);
        for (var at = 0; at < answer.Length; at += pieceBytes)
        {
            await http.Response.Body.WriteAsync(answer.Slice(at, Math.Min(pieceBytes, answer.Length - at)), ended.Token);
            await http.Response.Body.FlushAsync(ended.Token);
            await Task.Delay(pause, scene.Time, ended.Token);
        }
    }
}

/// <summary>Drops the connection.</summary>
internal sealed class ResetStep(DropAt when) : FaultStep
{
    internal override async Task ApplyAsync(HttpContext http, FaultScene scene, RequestDelegate next)
    {
        if (when != DropAt.BeforeWork)
        {
            var answer = await CapturedAnswer.OfAsync(http, next);
            if (when == DropAt.MidBody)
            {
                http.Response.ContentLength = answer.Length;
                await http.Response.Body.WriteAsync(answer[..(answer.Length / 2)], http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        }
        JournalMiddleware.Drop(http);
    }
}

/// <summary>Refuses the token that was presented; requests for a token are left alone.</summary>
internal sealed class RefuseTokenStep(bool forget) : FaultStep
{
    internal override Task ApplyAsync(HttpContext http, FaultScene scene, RequestDelegate next)
    {
        if (scene.Platform.IsTokenRequest(http.Request.Path))
            return next(http);
        if (forget && TokenStore.Presented(http.Request) is { } token)
            scene.Tokens.Revoke(token);
        return scene.Platform.AnswerErrorAsync(http, scene.Platform.RefusedTokenStatus);
    }
}

/// <summary>Lets a platform answer into memory, so that a fault can spoil the bytes.</summary>
internal static class CapturedAnswer
{
    public static async Task<ReadOnlyMemory<byte>> OfAsync(HttpContext http, RequestDelegate next)
    {
        var real = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var memory = new MemoryStream();
        var captured = new StreamResponseBodyFeature(memory);
        http.Features.Set<IHttpResponseBodyFeature>(captured);
        await next(http);
        await captured.CompleteAsync();
        http.Features.Set(real);
        return memory.ToArray();
    }
}
