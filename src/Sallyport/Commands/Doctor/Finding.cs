namespace Sallyport.Commands.Doctor;

/// <summary>One thing that was looked at, how it is, and what to do about it.</summary>
/// <param name="Area">settings, files, certificates, platforms or programs.</param>
/// <param name="Remedy">Null when there is nothing to do.</param>
internal sealed record Finding(string Area, string Subject, Health Health, string Says, string? Remedy = null);

/// <summary>How something is.</summary>
internal enum Health
{
    Well,

    /// <summary>Works, with less than it could.</summary>
    Weak,

    /// <summary>Does not work.</summary>
    Broken,
}
