using Microsoft.Extensions.Logging;

namespace Sallyport.Core;

/// <summary>How a call of a connector's tool ended, for platforms whose users know series and log events of their own.</summary>
/// <param name="Tool">Its canonical name.</param>
/// <param name="Settings">Those of the account that the call was for; null when it came to none.</param>
/// <param name="IsReadOnly">Whether its tenant may only be read.</param>
/// <param name="Code">The error code that the caller was given; null when there was none.</param>
/// <param name="Bytes">Size of the result.</param>
/// <param name="IsCapped">Something was left out of the result for size.</param>
public readonly record struct EndedCall(
    string Tool, object? Settings, bool IsReadOnly, string? Code, TimeSpan Took, int Bytes, bool IsCapped, ILogger Log);
