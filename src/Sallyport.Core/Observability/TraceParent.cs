using System.Diagnostics;
using System.Net.Http.Headers;

namespace Sallyport.Core.Observability;

/// <summary>W3C trace context as it comes in with a call and goes on to the platform.</summary>
public static class TraceParent
{
    /// <summary>Name of the span that only carries a caller's context on while nobody records here.</summary>
    private const string Carrier = "carried";

    /// <summary>Longer lists are dropped: the standard asks for no more to be passed on.</summary>
    private const int LongestState = 512;

    /// <summary>Null when there is none, or when it is not what the standard says; a caller cannot put anything else into our headers.</summary>
    public static ActivityContext? Read(string? parent, string? state)
    {
        if (parent is null)
            return null;
        var isClean = state is { Length: > 0 and <= LongestState } && state.All(c => c is >= ' ' and <= '~');
        return ActivityContext.TryParse(parent, isClean ? state : null, isRemote: true, out var context) ? context : null;
    }

    /// <summary>Takes a caller's context along without recording anything, so that the platform sees it as it came.</summary>
    public static Activity Carry(ActivityContext context)
    {
        var carrier = new Activity(Carrier) { TraceStateString = context.TraceState };
        return carrier.SetParentId(context.TraceId, context.SpanId, context.TraceFlags).Start();
    }

    internal static void Write(Activity? at, HttpRequestHeaders headers)
    {
        if (at is null || at.IdFormat != ActivityIdFormat.W3C)
            return;
        headers.TryAddWithoutValidation("traceparent", at.OperationName == Carrier ? at.ParentId : at.Id);
        if (at.TraceStateString is { Length: > 0 } state)
            headers.TryAddWithoutValidation("tracestate", state);
    }
}
