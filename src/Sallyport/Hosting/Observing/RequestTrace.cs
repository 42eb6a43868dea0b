using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Sallyport.Core.Observability;

namespace Sallyport.Hosting.Observing;

/// <summary>The trace that a request says it belongs to: the message's own word first, then the headers'.</summary>
internal static class RequestTrace
{
    public static ActivityContext? Of(IHeaderDictionary headers)
        => headers.TraceParent is [var parent] ? TraceParent.Read(parent, headers.TraceState.Count == 0 ? null : headers.TraceState.ToString()) : null;

    public static ActivityContext? Of(string? parent, string? state, IHeaderDictionary headers) => TraceParent.Read(parent, state) ?? Of(headers);
}
