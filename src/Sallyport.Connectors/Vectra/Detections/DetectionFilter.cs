using System.Globalization;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core;

namespace Sallyport.Connectors.Vectra.Detections;

/// <summary>Which detections are meant. What is not said is not filtered by, so that nothing is hidden unasked.</summary>
internal abstract record DetectionFilter(
    string? DetectionCategory, string? DetectionName, string? State, string? SrcIp, string? StartDate, string? EndDate, bool? IsTargetingKeyAsset)
{
    /// <summary>The same filter as parameters of the platform; the name goes under the name that it knows.</summary>
    public VectraQuery Apply(VectraQuery query)
    {
        var (from, to) = (VectraTime.Read("start_date", StartDate), VectraTime.Read("end_date", EndDate));
        if (from > to)
            throw new InvalidArgumentsException("start_date: must not be after end_date.");
        return query
            .With("detection_category", DetectionCategory)
            .With("detection_type", DetectionName)
            .With("state", State)
            .With("src_ip", SrcIp is null ? null : VectraAddress.Read(SrcIp).ToString())
            .With("last_timestamp_gte", VectraTime.Write(from))
            .With("last_timestamp_lte", VectraTime.Write(to))
            .With("is_targeting_key_asset", IsTargetingKeyAsset);
    }
}

/// <summary>Times as this API takes them.</summary>
internal static class VectraTime
{
    /// <summary>A time that passed its schema; without an offset it is UTC, without a time it is midnight.</summary>
    public static DateTimeOffset? Read(string member, string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw new InvalidArgumentsException($"{member}: must be a date and time such as 2026-05-11T09:00:00Z.");

    public static string? Write(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
