namespace Sallyport.Gateway.Shaping.Writing;

/// <summary>Why a result is not the whole answer.</summary>
internal enum CapReason
{
    /// <summary>Only text was cut, or parts of a single row that is too big for the budget.</summary>
    Text,

    /// <summary>The budget of bytes left rows out.</summary>
    Bytes,

    /// <summary>The most rows that were asked for are there.</summary>
    Rows,
}
