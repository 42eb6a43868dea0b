namespace Sallyport.Simulator.Vectra;

/// <summary>What a test can turn on the Vectra simulator besides faults.</summary>
public sealed class VectraControls
{
    internal VectraControls(string clientSecret) => ClientSecret = clientSecret;

    public string ClientId { get; set; } = "sallyport-range";

    public string ClientSecret { get; set; }

    /// <summary>How long tokens are good that are given out from now on.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(6);

    public TimeSpan RefreshLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How a score without a minus sign sorts: true is the vendor's reading (highest first), false the other published one
    /// (lowest first).
    /// </summary>
    public bool ScoresSortDescending { get; set; } = true;

    /// <summary>Answers 301 to a GET whose path does not end with a slash.</summary>
    public bool RedirectsToSlash { get; set; }

    /// <summary>Refuses a lockdown list that names neither hosts nor accounts.</summary>
    public bool LockdownNeedsType { get; set; }

    /// <summary>The origin in <c>next</c> and <c>previous</c>, when it should not be the simulator's own.</summary>
    public string? LinkOrigin { get; set; }

    /// <summary>How <c>next</c> misleads a client that follows it.</summary>
    public NextLink Next { get; set; }
}

/// <summary>Where the <c>next</c> of a page points.</summary>
public enum NextLink
{
    /// <summary>To the next page, or nowhere on the last.</summary>
    Honest,

    /// <summary>To the page it stands on, for ever.</summary>
    SamePage,

    /// <summary>To a next page even when there is none, which then is empty.</summary>
    Endless,
}
