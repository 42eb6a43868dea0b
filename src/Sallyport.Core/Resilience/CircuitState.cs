namespace Sallyport.Core.Resilience;

/// <summary>Whether calls to an upstream are let through; the numbers are the metric's.</summary>
public enum CircuitState
{
    Closed = 0,
    Open = 1,
    HalfOpen = 2,
}
