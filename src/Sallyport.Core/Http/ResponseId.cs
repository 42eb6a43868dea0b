using System.Net.Http.Headers;

namespace Sallyport.Core.Http;

/// <summary>The id by which a platform's support finds a request again.</summary>
public static class ResponseId
{
    /// <summary>Only if it looks like an id: what a header holds is as untrusted as a body.</summary>
    public static string? Of(HttpResponseHeaders headers, string name)
        => headers.TryGetValues(name, out var values) && Guid.TryParse(values.First(), out var id) ? id.ToString() : null;
}
