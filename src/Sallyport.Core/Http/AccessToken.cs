namespace Sallyport.Core.Http;

/// <summary>A bearer token and when it ends.</summary>
/// <param name="RefreshToken">What renews it without the credentials, where the platform gives one.</param>
public sealed record AccessToken(string Value, DateTimeOffset Expires, string? RefreshToken = null)
{
    public override string ToString() => "***";
}
