namespace Sallyport.Gateway.Shaping;

/// <summary>How one platform answer is cut down, marked and paged before an agent sees it.</summary>
public sealed record ShapeOptions
{
    /// <summary>No budget is smaller, in bytes.</summary>
    public const int SmallestBudget = 200;

    /// <summary>No budget is larger, in bytes.</summary>
    public const int LargestBudget = 64 * 1024 * 1024;

    private readonly int _maxBytes = 100_000;
    private readonly int _maxStringBytes = 16 * 1024;

    /// <summary>Written as the first member when set.</summary>
    public string? Tenant { get; init; }

    /// <summary>Whether the whole result says, right after the tenant, that it is data and not instructions.</summary>
    public bool Warning { get; init; }

    /// <summary>Members whose value is put into an untrusted-content envelope, wherever they are found.</summary>
    public MemberSet WrapMembers { get; init; } = MemberSet.None;

    /// <summary>Off leaves the values of <see cref="WrapMembers"/> plain; nothing else changes.</summary>
    public bool Wrap { get; init; } = true;

    /// <summary>The top-level member that holds the rows; null takes the first top-level array of objects.</summary>
    public string? Rows { get; init; }

    /// <summary>Keeps only these members of each row: exact names, or <c>a.b</c> for one member of an object. Null or empty keeps all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Rows that earlier results have delivered already.</summary>
    public long Skip { get; init; }

    /// <summary>The most rows in this result; null is as many as the bytes allow.</summary>
    public int? MaxRows { get; init; }

    /// <summary>
    /// The most bytes of the whole result, envelope and all. A result that must leave something out needs about 170 of
    /// them for saying so, besides the tenant and the warning; when they are not there it fails and says that.
    /// </summary>
    public int MaxBytes
    {
        get => _maxBytes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, SmallestBudget);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestBudget);
            _maxBytes = value;
        }
    }

    /// <summary>The most bytes of one string, as UTF-8; what is longer is cut and says by how much.</summary>
    public int MaxStringBytes
    {
        get => _maxStringBytes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 64);
            _maxStringBytes = value;
        }
    }

    /// <summary>Makes the token that continues after this many rows; without it a capped result cannot be continued.</summary>
    public Func<long, string>? Next { get; init; }

    /// <summary>The longest token that <see cref="Next"/> makes, in bytes of plain ASCII.</summary>
    public int MaxNextBytes { get; init; } = ResultCursor.MaxLength;
}
