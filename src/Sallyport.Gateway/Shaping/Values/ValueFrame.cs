namespace Sallyport.Gateway.Shaping.Values;

/// <summary>One open object or array of a value being written: what a path to the current place needs.</summary>
internal struct ValueFrame
{
    public bool IsArray;

    /// <summary>Members or elements written so far.</summary>
    public long Count;

    /// <summary>Where the current member's name stands in the value's own JSON.</summary>
    public int NameStart;

    public int NameLength;

    /// <summary>Members or elements for which there was no room.</summary>
    public long LeftOut;
}
