namespace Sallyport.Core.Schemas;

/// <summary>The text must have one of the formats of <see cref="TextFormat"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class FormatAttribute(string format) : Attribute
{
    public string Format => format;
}

/// <summary>An explicit null means something else than leaving the argument out, so the schema offers it.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class NullMattersAttribute : Attribute;

/// <summary>No item of the list may be given twice.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class UniqueItemsAttribute : Attribute;

/// <summary>How many items a list must and may have. The framework's own attributes for this cannot be trimmed.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class ItemCountAttribute(int least, int most = int.MaxValue) : Attribute
{
    public int Least => least;

    public int Most => most;
}

/// <summary>What holds for each item of a list of texts.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class EachItemAttribute : Attribute
{
    public string? Format { get; init; }

    public string? Pattern { get; init; }

    /// <summary>Characters; 0 sets no limit.</summary>
    public int MaxLength { get; init; }

    public int MinLength { get; init; }

    /// <summary>Lowest number allowed in a list of numbers; <see cref="long.MinValue"/> sets no limit.</summary>
    public long Minimum { get; init; } = long.MinValue;
}

/// <summary>One value, a list of values, or the values as comma-separated text; for an argument that is taken as any JSON.</summary>
/// <param name="item">Pattern of one value as text, without anchors.</param>
/// <param name="most">Values at most.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class OneOrListAttribute(string item, int most) : Attribute
{
    public string Item => item;

    public int Most => most;

    /// <summary>Whether a value is a whole number.</summary>
    public bool IsNumber { get; init; }

    /// <summary>The lowest number allowed.</summary>
    public int Minimum { get; init; }

    /// <summary>The highest number allowed.</summary>
    public int Maximum { get; init; } = int.MaxValue;
}
