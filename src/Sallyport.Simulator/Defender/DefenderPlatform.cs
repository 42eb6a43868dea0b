using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Defender.Answers;
using Sallyport.Simulator.Defender.Identity;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Defender;

/// <summary>Microsoft Defender XDR: the identity platform, Graph v1.0 and the older interfaces, for any number of tenants.</summary>
internal sealed class DefenderPlatform : ISimulatedPlatform
{
    private const string TokenPath = "/oauth2/v2.0/token";

    private readonly PlatformContext _context;
    private readonly TokenEndpoint _identity;
    private readonly DefenderRoutes _routes;

    public DefenderPlatform(PlatformContext context)
    {
        _context = context;
        Controls = new(context.World);
        _identity = new(Controls, context.Tokens, context.Time);
        _routes = new(Controls, context.Time);
    }

    public DefenderControls Controls { get; }

    public IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string>
    {
        ["tenantId"] = Controls.Default.TenantId,
        ["clientId"] = Controls.Default.ClientId,
        ["clientSecret"] = Controls.Default.ClientSecret,
    };

    public bool IsTokenRequest(PathString path) => path.Value?.EndsWith(TokenPath, StringComparison.Ordinal) is true;

    public Task AnswerErrorAsync(HttpContext http, int status) => DefenderError.AnswerAsync(http, status);

    public void Map(WebApplication app)
    {
        app.MapPost("/{tenant}" + TokenPath, _identity.AnswerAsync);
        Open(app, "POST", "/v1.0/security/runHuntingQuery", TokenEndpoint.Graph, "ThreatHunting.Read.All", _routes.HuntGraphAsync);
        Open(app, "GET", "/v1.0/security/alerts_v2", TokenEndpoint.Graph, "SecurityAlert.Read.All", _routes.ListAlertsAsync);
        Open(app, "GET", "/v1.0/security/alerts_v2/{id}", TokenEndpoint.Graph, "SecurityAlert.Read.All", DefenderRoutes.GetAlertAsync);
        Open(app, "GET", "/v1.0/security/incidents", TokenEndpoint.Graph, "SecurityIncident.Read.All", _routes.ListIncidentsAsync);
        Open(app, "GET", "/v1.0/security/incidents/{id}", TokenEndpoint.Graph, "SecurityIncident.Read.All", _routes.GetIncidentAsync);
        Open(app, "PATCH", "/v1.0/security/incidents/{id}", TokenEndpoint.Graph, "SecurityIncident.ReadWrite.All", DefenderRoutes.ChangeIncidentAsync);
        Open(app, "POST", "/api/advancedqueries/run", TokenEndpoint.Endpoint, "AdvancedQuery.Read.All", _routes.HuntLegacyAsync);
        Open(app, "GET", "/api/alerts", TokenEndpoint.Endpoint, "Alert.Read.All", _routes.ListAlertsAsync);
        Open(app, "GET", "/api/alerts/{id}", TokenEndpoint.Endpoint, "Alert.Read.All", DefenderRoutes.GetAlertAsync);
        Open(app, "GET", "/api/incidents", TokenEndpoint.Incidents, "Incident.Read.All", _routes.ListIncidentsAsync);
        Open(app, "GET", "/api/incidents/{id}", TokenEndpoint.Incidents, "Incident.Read.All", _routes.GetIncidentAsync);
        Open(app, "PATCH", "/api/incidents/{id}", TokenEndpoint.Incidents, "Incident.ReadWrite.All", DefenderRoutes.ChangeIncidentAsync);
        Open(app, "POST", "/api/machines/{id}/isolate", TokenEndpoint.Endpoint, "Machine.Isolate", DeviceRoutes.IsolateAsync);
        Open(app, "POST", "/api/machines/{id}/unisolate", TokenEndpoint.Endpoint, "Machine.Isolate", DeviceRoutes.ReleaseAsync);
    }

    /// <summary>A token opens the data of the tenant it was given to, on the service it was given for, and nothing else.</summary>
    private void Open(WebApplication app, string method, string path, string scope, string permission, Func<HttpContext, SimulatedTenant, Task> answer)
        => app.MapMethods(path, [method], async http =>
        {
            var standing = _context.Tokens.Check(TokenStore.Presented(http.Request), out var token);
            var tenant = standing == TokenStanding.Good ? Controls.Tenants.FirstOrDefault(known => token!.Subject == TokenEndpoint.Subject(known, scope)) : null;
            if (tenant is null)
                await AnswerErrorAsync(http, StatusCodes.Status401Unauthorized);
            else if (tenant.Withheld.ContainsKey(permission))
                await AnswerErrorAsync(http, StatusCodes.Status403Forbidden);
            else if (tenant.Fault is { } fault)
                await fault.ApplyAsync(http, new FaultScene(this, _context.Tokens, _context.Time, CancellationToken.None), _ => answer(http, tenant));
            else
                await answer(http, tenant);
        });
}
