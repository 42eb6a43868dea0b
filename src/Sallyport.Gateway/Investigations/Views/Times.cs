using System.Globalization;
using Sallyport.Core;

namespace Sallyport.Gateway.Investigations.Views;

/// <summary>Times as callers write them.</summary>
internal static class Times
{
    public static DateTimeOffset? Read(string argument, string? text)
    {
        if (text is null)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new InvalidArgumentsException($"{argument}: must be a time such as 2026-11-20T08:00:00Z.");
    }
}
