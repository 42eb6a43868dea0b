namespace Sallyport.Connectors.Defender.Access;

/// <summary>Where a service is and what its tokens are for; both follow from the host, so they cannot disagree.</summary>
internal sealed record ServiceAddress(Uri Origin, string Scope);
