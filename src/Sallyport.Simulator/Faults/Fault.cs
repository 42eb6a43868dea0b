namespace Sallyport.Simulator.Faults;

/// <summary>Everything that a simulated platform can be told to do wrong; nothing else goes wrong.</summary>
public enum Fault
{
    /// <summary>Answers after two seconds.</summary>
    Slow,

    /// <summary>429 with <c>Retry-After: 1</c>.</summary>
    Throttled,

    /// <summary>500 in the platform's own words.</summary>
    ServerError,

    /// <summary>Forgets the token that was presented: a client that gets a new one is served.</summary>
    ExpiredToken,

    /// <summary>Refuses the token, and will refuse the next one as well.</summary>
    RejectedToken,

    /// <summary>200 with something that is not JSON.</summary>
    Malformed,

    /// <summary>The right answer behind 64 MiB of white space.</summary>
    Huge,

    /// <summary>Only the first half of the right answer, framed as if it were all.</summary>
    Truncated,

    /// <summary>Background items carry text written to steer whoever reads it.</summary>
    HostileText,

    /// <summary>Reads the request, then drops the connection.</summary>
    ConnectionReset,
}
