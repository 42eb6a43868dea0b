using System.Numerics;

namespace Sallyport.Core.Scheduling;

/// <summary>
/// Times written as cron does: minute, hour, day of month, month, day of week, in UTC. When both days are restricted,
/// either of them is enough.
/// </summary>
public sealed class CronExpression
{
    /// <summary>A leap day on a given weekday comes at most this many years after the last.</summary>
    private const int MaxYears = 40;

    private readonly CronField _minutes;
    private readonly CronField _hours;
    private readonly CronField _days;
    private readonly CronField _months;
    private readonly CronField _weekdays;

    private CronExpression(CronField[] fields) => (_minutes, _hours, _days, _months, _weekdays) = (fields[0], fields[1], fields[2], fields[3], fields[4]);

    /// <summary>Reads five fields, or one of <c>@hourly</c>, <c>@daily</c>, <c>@weekly</c>, <c>@monthly</c>.</summary>
    /// <param name="problem">What is wrong, as the end of a sentence.</param>
    public static CronExpression? TryParse(string text, out string problem)
    {
        var fields = Spelled(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        problem = "takes five fields (minute, hour, day of month, month, day of week), or @hourly, @daily, @weekly, @monthly";
        if (fields.Length != CronField.Kinds.Count) return null;
        var read = new CronField[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            if (CronField.TryParse(fields[i], CronField.Kinds[i]) is not { } field)
            {
                problem = $"has a {CronField.Kinds[i].Name} that is not understood: '{fields[i]}'";
                return null;
            }

            read[i] = field;
        }

        var expression = new CronExpression(read);
        problem = expression.Next(DateTimeOffset.UnixEpoch) is null ? "names a day that never comes" : "";
        return problem.Length == 0 ? expression : null;
    }

    /// <summary>The first time after <paramref name="after"/>, to the minute; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var start = after.UtcDateTime;
        start = start.AddTicks(-(start.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        var last = start.AddYears(MaxYears);
        for (var day = start.Date; day < last; day = day.AddDays(1))
        {
            if (!IsDay(day)) continue;
            var from = day == start.Date ? start.TimeOfDay : TimeSpan.Zero;
            if (TimeOfDay(from) is { } time) return new DateTimeOffset(day + time, TimeSpan.Zero);
        }

        return null;
    }

    private bool IsDay(DateTime day)
    {
        if (!_months.Has(day.Month)) return false;
        var (byDate, byWeekday) = (_days.Has(day.Day), _weekdays.Has((int)day.DayOfWeek));
        return _days.IsRestricted && _weekdays.IsRestricted ? byDate || byWeekday : byDate && byWeekday;
    }

    private TimeSpan? TimeOfDay(TimeSpan from)
    {
        if (_hours.Has(from.Hours) && _minutes.From(from.Minutes) is { } minute) return new TimeSpan(from.Hours, minute, 0);
        return _hours.From(from.Hours + 1) is { } hour ? new TimeSpan(hour, _minutes.From(0)!.Value, 0) : null;
    }

    private static string Spelled(string text) => text.Trim() switch
    {
        "@hourly" => "0 * * * *",
        "@daily" => "0 0 * * *",
        "@weekly" => "0 0 * * 0",
        "@monthly" => "0 0 1 * *",
        var other => other,
    };
}

/// <summary>One field of a cron expression: the values it allows, as bits.</summary>
/// <param name="IsRestricted">Whether it is anything but <c>*</c>.</param>
internal readonly record struct CronField(ulong Bits, bool IsRestricted)
{
    public static IReadOnlyList<CronFieldKind> Kinds { get; } =
    [
        new("minute", 0, 59, []), new("hour", 0, 23, []), new("day of month", 1, 31, []),
        new("month", 1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]),
        // Sunday is 0 and 7.
        new("day of week", 0, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]),
    ];

    public bool Has(int value) => (Bits >> value & 1) != 0;

    /// <summary>The first allowed value from <paramref name="value"/> on.</summary>
    public int? From(int value)
    {
        var left = value > 63 ? 0 : Bits >> value << value;
        return left == 0 ? null : BitOperations.TrailingZeroCount(left);
    }

    /// <summary>Reads items such as <c>5</c>, <c>1-5</c>, <c>*/15</c> or <c>MON-FRI</c>, separated by commas.</summary>
    public static CronField? TryParse(string text, CronFieldKind kind)
    {
        var bits = 0UL;
        foreach (var item in text.Split(','))
        {
            if (Item(item, kind) is not { } some) return null;
            bits |= some;
        }

        if (kind.Most == 7 && (bits >> 7 & 1) != 0) bits = (bits | 1) & ~(1UL << 7);
        return new CronField(bits, text != "*");
    }

    private static ulong? Item(string text, CronFieldKind kind)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var step = 1;
        if (slash >= 0 && !(Digits(text[(slash + 1)..], out step) && step >= 1 && step <= kind.Most)) return null;
        var range = slash < 0 ? text : text[..slash];
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        var (first, last) = range == "*"
            ? (kind.Least, kind.Most == 7 ? 6 : kind.Most)
            : dash < 0
                ? (kind.ValueOf(range), slash < 0 ? kind.ValueOf(range) : kind.Most)
                : (kind.ValueOf(range[..dash]), kind.ValueOf(range[(dash + 1)..]));
        if (first is not { } from || last is not { } to || from > to) return null;
        var bits = 0UL;
        for (var value = from; value <= to; value += step) bits |= 1UL << value;
        return bits;
    }

    internal static bool Digits(string text, out int number)
    {
        number = 0;
        if (text.Length is 0 or > 2 || !text.All(char.IsAsciiDigit)) return false;
        foreach (var c in text) number = (number * 10) + (c - '0');
        return true;
    }
}

/// <summary>What a field of a cron expression may hold.</summary>
/// <param name="Words">Names that stand for the values from <paramref name="Least"/> on.</param>
internal sealed record CronFieldKind(string Name, int Least, int Most, IReadOnlyList<string> Words)
{
    public int? ValueOf(string text)
    {
        for (var i = 0; i < Words.Count; i++)
            if (Words[i].Equals(text, StringComparison.OrdinalIgnoreCase))
                return Least + i;
        return CronField.Digits(text, out var value) && value >= Least && value <= Most ? value : null;
    }
}
