namespace Sallyport.Gateway.Pipeline;

/// <summary>How allowed calls are run.</summary>
/// <param name="NameTenant">Whether results begin with the tenant they are from.</param>
/// <param name="Wrap">Whether platform data is marked as untrusted; off is an operator's explicit choice.</param>
/// <param name="CallsPerCaller">Calls of one caller that run at the same time; more wait.</param>
public sealed record ExecutionOptions(bool NameTenant, bool Wrap = true, int CallsPerCaller = 128);
