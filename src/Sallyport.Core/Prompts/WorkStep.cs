namespace Sallyport.Core.Prompts;

/// <summary>One step of an analyst's work that platforms do each in their own way.</summary>
public enum WorkStep
{
    /// <summary>See what fired.</summary>
    ListAlerts,

    /// <summary>Read one alert with everything it is about.</summary>
    ReadAlert,

    /// <summary>Read one incident with what belongs to it.</summary>
    ReadIncident,

    /// <summary>Find a device when only its name or address is known.</summary>
    FindDevice,

    /// <summary>See what a device is and what happened on it.</summary>
    LookAtDevice,

    /// <summary>See who a user is and what the account did.</summary>
    LookAtUser,

    /// <summary>See where a file, address, domain or program was met.</summary>
    TraceIndicator,

    /// <summary>See which weaknesses there are and where.</summary>
    ListWeaknesses,

    /// <summary>See what a device offers to the network.</summary>
    ProbeDevice,

    /// <summary>Cut a device or account off; a change.</summary>
    Contain,

    /// <summary>Leave what was found for colleagues to read; a change.</summary>
    Record,

    /// <summary>Take a device out of what it takes part in; a change.</summary>
    Retire,
}
