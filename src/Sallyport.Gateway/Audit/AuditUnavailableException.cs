namespace Sallyport.Gateway.Audit;

/// <summary>Says that something could not be recorded, so that it must not happen.</summary>
public sealed class AuditUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
