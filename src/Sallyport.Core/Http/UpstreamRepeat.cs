namespace Sallyport.Core.Http;

/// <summary>A request is about to be sent once more.</summary>
/// <param name="Status">HTTP status that it was answered with; null when it was not answered.</param>
/// <param name="Reason">The status, or what kept it from being answered.</param>
/// <param name="Attempt">How often it was sent so far.</param>
/// <param name="MaxAttempts">How often it is sent at most.</param>
public readonly record struct UpstreamRepeat(UpstreamRequest Request, int? Status, string Reason, int Attempt, int MaxAttempts, TimeSpan Wait)
{
    /// <summary>The part of the platform that is asked.</summary>
    public string Service => Request.Service ?? Request.Address.Host;
}
