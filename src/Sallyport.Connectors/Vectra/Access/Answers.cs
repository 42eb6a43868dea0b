using Sallyport.Core.Http;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Access;

/// <summary>Hands an answer on as it arrives.</summary>
internal static class Answers
{
    /// <summary>The answer is disposed with the content, or here when it is not JSON.</summary>
    public static ToolContent PassOn(this UpstreamResponse response)
    {
        try
        {
            return response.ToContent();
        }
        catch
        {
            // Nothing waits for the rest of an answer that is refused; the connection is simply given up.
            _ = response.DisposeAsync().AsTask();
            throw;
        }
    }
}
