namespace Sallyport.Connectors.Defender.Access;

/// <summary>The parts of the platform that have an address, a token and a published rate of their own.</summary>
internal enum DefenderService
{
    Hunting,
    Alerts,
    Incidents,
    Devices,
}

/// <summary>One request that this connector may send; there are no others.</summary>
/// <param name="Path">Absolute, with <c>{id}</c> where one escaped segment goes.</param>
/// <param name="Permission">The application permission it needs, named when the platform answers 403.</param>
internal sealed record DefenderOperation(HttpMethod Method, string Path, DefenderService Service, string Permission);

/// <summary>Everything that may be sent to one flavour. A path that is not here cannot be sent.</summary>
internal sealed record DefenderOperations(
    DefenderOperation Hunt,
    DefenderOperation ListAlerts,
    DefenderOperation GetAlert,
    DefenderOperation ListIncidents,
    DefenderOperation GetIncident,
    DefenderOperation UpdateIncident)
{
    public static readonly DefenderOperation Isolate = new(HttpMethod.Post, "/api/machines/{id}/isolate", DefenderService.Devices, "Machine.Isolate");

    public static readonly DefenderOperation Release = new(HttpMethod.Post, "/api/machines/{id}/unisolate", DefenderService.Devices, "Machine.Isolate");

    private static readonly DefenderOperations Graph = new(
        new(HttpMethod.Post, "/v1.0/security/runHuntingQuery", DefenderService.Hunting, "ThreatHunting.Read.All"),
        new(HttpMethod.Get, "/v1.0/security/alerts_v2", DefenderService.Alerts, "SecurityAlert.Read.All"),
        new(HttpMethod.Get, "/v1.0/security/alerts_v2/{id}", DefenderService.Alerts, "SecurityAlert.Read.All"),
        new(HttpMethod.Get, "/v1.0/security/incidents", DefenderService.Incidents, "SecurityIncident.Read.All"),
        new(HttpMethod.Get, "/v1.0/security/incidents/{id}", DefenderService.Incidents, "SecurityIncident.Read.All"),
        new(HttpMethod.Patch, "/v1.0/security/incidents/{id}", DefenderService.Incidents, "SecurityIncident.ReadWrite.All"));

    private static readonly DefenderOperations Legacy = new(
        new(HttpMethod.Post, "/api/advancedqueries/run", DefenderService.Hunting, "AdvancedQuery.Read.All"),
        new(HttpMethod.Get, "/api/alerts", DefenderService.Alerts, "Alert.Read.All"),
        new(HttpMethod.Get, "/api/alerts/{id}", DefenderService.Alerts, "Alert.Read.All"),
        new(HttpMethod.Get, "/api/incidents", DefenderService.Incidents, "Incident.Read.All"),
        new(HttpMethod.Get, "/api/incidents/{id}", DefenderService.Incidents, "Incident.Read.All"),
        new(HttpMethod.Patch, "/api/incidents/{id}", DefenderService.Incidents, "Incident.ReadWrite.All"));

    public static DefenderOperations Of(ApiFlavor flavor) => flavor == ApiFlavor.Graph ? Graph : Legacy;

    public bool Contains(DefenderOperation operation)
        => operation == Hunt || operation == ListAlerts || operation == GetAlert || operation == ListIncidents || operation == GetIncident
            || operation == UpdateIncident || operation == Isolate || operation == Release;
}
