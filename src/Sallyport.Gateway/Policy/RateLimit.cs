namespace Sallyport.Gateway.Policy;

/// <summary>So many in so long, written <c>60/60s</c>.</summary>
public sealed record RateLimit(int Count, TimeSpan Window);
