namespace Sallyport.Core.Sources;

/// <summary>What one platform answered. Nothing in it means that the platform has nothing, unless <see cref="Incomplete"/> says otherwise.</summary>
/// <param name="Total">How many the platform counts, when it says so.</param>
/// <param name="Incomplete">Why there may be more than is here, in a few words; null when this is all.</param>
public sealed record Answer<T>(IReadOnlyList<T> Items, long? Total = null, string? Incomplete = null);
