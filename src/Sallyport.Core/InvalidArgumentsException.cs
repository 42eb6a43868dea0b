namespace Sallyport.Core;

/// <summary>A handler found arguments that pass the schema and still make no sense together; the message is shown to the caller.</summary>
public sealed class InvalidArgumentsException(string message) : Exception(message);
