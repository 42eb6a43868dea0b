namespace Sallyport.Gateway.Shaping;

/// <summary>An answer could not be shaped. The message may be shown to the caller: it holds nothing of the answer.</summary>
public sealed class ShapingException(ShapingFailure failure, string message) : Exception(message)
{
    public ShapingFailure Failure => failure;
}
