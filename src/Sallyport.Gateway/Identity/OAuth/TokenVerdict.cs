namespace Sallyport.Gateway.Identity.OAuth;

/// <summary>What became of an access token that somebody showed.</summary>
public abstract record TokenVerdict
{
    private TokenVerdict()
    {
    }

    public sealed record Accepted(Caller Caller) : TokenVerdict;

    /// <param name="Reason">Why, for the operator's log; nothing of the token is in it.</param>
    public sealed record Invalid(string Reason) : TokenVerdict;

    /// <summary>Genuine and for this gate, but it grants nothing here.</summary>
    public sealed record Lacking(string Reason) : TokenVerdict;

    /// <summary>The OAuth server could not be asked, so nobody knows.</summary>
    public sealed record Unavailable(string Reason) : TokenVerdict;
}

/// <summary>Judges access tokens: by their signature, or by asking the server that issued them.</summary>
public interface ITokenCheck
{
    Task<TokenVerdict> CheckAsync(string token, CancellationToken cancellationToken);
}
