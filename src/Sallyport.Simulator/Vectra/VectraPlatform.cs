using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.Vectra.Detections;
using Sallyport.Simulator.Vectra.Entities;
using Sallyport.Simulator.Vectra.Investigations;
using Sallyport.Simulator.World;

namespace Sallyport.Simulator.Vectra;

/// <summary>Vectra AI, cloud platform (Respond UX), API v3 to v3.4: what its network sensors and cloud connections saw.</summary>
internal sealed class VectraPlatform : ISimulatedPlatform
{
    private const string TokenPath = "/oauth2/token";

    private readonly PlatformContext _context;
    private readonly VectraTokens _tokens;

    public VectraPlatform(PlatformContext context)
    {
        _context = context;
        Controls = new($"range-{new Dice(context.World.Seed, Purpose.Platform, (int)Platform.Vectra).Hex(32)}");
        _tokens = new(context.Tokens, Controls);
    }

    public VectraControls Controls { get; }

    public IReadOnlyDictionary<string, string> Credentials
        => new Dictionary<string, string> { ["clientId"] = Controls.ClientId, ["clientSecret"] = Controls.ClientSecret };

    public bool IsTokenRequest(PathString path) => path.Value?.TrimEnd('/').EndsWith(TokenPath, StringComparison.Ordinal) is true;

    public Task AnswerErrorAsync(HttpContext http, int status) => VectraError.AnswerAsync(http, status);

    public void Map(WebApplication app)
    {
        app.MapPost(TokenPath, _tokens.AnswerAsync);
        app.MapPost("/api/{version}" + TokenPath, _tokens.AnswerAsync);

        var (world, time) = (_context.World, _context.Time);
        var routes = new VectraRoutes(app, _tokens, Controls);
        var health = new VectraHealth(world.Now);
        routes.Get("/health", health.AllAsync);
        routes.Get("/health/{check}", health.OneAsync);

        var estate = new VectraEstate(world);
        var team = PlatformUser.Team(world.Now);
        var assignments = new AssignmentBook(estate, team, time);
        var detections = new DetectionEndpoints(estate, assignments, Controls);
        var entities = new EntityEndpoints(estate, assignments, Controls);
        detections.Map(routes);
        entities.Map(routes);
        new NoteEndpoints(new(time), detections, entities).Map(routes);
        new AssignmentEndpoints(estate, assignments, team, Controls).Map(routes);
        new PlatformUserEndpoints(team, Controls).Map(routes);
        new LockdownEndpoints(estate, Controls).Map(routes);
        new EventEndpoints(estate, team).Map(routes);
    }
}
