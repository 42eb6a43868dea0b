using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.DefectDojo.Findings;
using Sallyport.Simulator.DefectDojo.Imports;
using Sallyport.Simulator.DefectDojo.Store;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.DefectDojo;

/// <summary>DefectDojo 3.2, open source edition, REST API v2: products, engagements, tests, findings and imports.</summary>
internal sealed class DefectDojoPlatform : ISimulatedPlatform
{
    private readonly PlatformContext _context;

    public DefectDojoPlatform(PlatformContext context)
    {
        _context = context;
        Controls = new DefectDojoControls(context.World.Seed);
        context.Tokens.Register("admin", Controls.ApiKey, "admin");
        context.Tokens.Register("viewer", Controls.ViewerKey, DojoRoutes.Viewer);
    }

    public DefectDojoControls Controls { get; }

    public IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string> { ["apiKey"] = Controls.ApiKey };

    public int RefusedTokenStatus => StatusCodes.Status403Forbidden;

    /// <summary>Keys last; nothing here hands one out.</summary>
    public bool IsTokenRequest(PathString path) => false;

    public Task AnswerErrorAsync(HttpContext http, int status) => (status switch
    {
        403 => DojoRefusal.Detail(403, "Invalid token."),
        404 => DojoRefusal.Detail(404, "Not found."),
        405 => DojoRefusal.Detail(405, $"Method \"{http.Request.Method}\" not allowed."),
        _ => DojoRefusal.Inside(status, "Internal server error, check logs for details"),
    }).AnswerAsync(http);

    public void Map(WebApplication app)
    {
        // Told when first asked, so that faults set after the start still colour the story.
        var instance = new Lazy<Instance>(() => new Instance(_context.World, _context.Time, Controls));
        var routes = new DojoRoutes(app, _context.Tokens, instance);
        CatalogEndpoints.Map(routes);
        FindingEndpoints.Map(routes);
        FindingActions.Map(routes);
        ImportEndpoints.Map(routes);
    }
}
