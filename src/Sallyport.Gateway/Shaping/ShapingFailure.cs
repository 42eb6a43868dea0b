namespace Sallyport.Gateway.Shaping;

/// <summary>Why a platform's answer could not be made into a result.</summary>
public enum ShapingFailure
{
    /// <summary>Not JSON, or JSON that ends too early.</summary>
    InvalidJson,

    /// <summary>More containers inside each other than anyone needs.</summary>
    TooDeep,

    /// <summary>A number with more digits than any platform sends.</summary>
    NumberTooLong,

    /// <summary>The budget has no room for a single row and the words that say what was left out.</summary>
    BudgetTooSmall,
}
