using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.Vectra.Entities;
using Sallyport.Simulator.Vectra.Pages;

namespace Sallyport.Simulator.Vectra.Investigations;

/// <summary>Lists, makes, changes, resolves and removes assignments.</summary>
internal sealed class AssignmentEndpoints(VectraEstate estate, AssignmentBook book, IReadOnlyList<PlatformUser> team, VectraControls controls)
{
    public void Map(VectraRoutes routes)
    {
        routes.Get("/assignments", ListAsync);
        routes.Post("/assignments", CreateAsync);
        routes.Get("/assignments/{id}", http => With(http) is { } found ? ShowAsync(http, found) : MissingAsync(http));
        routes.Put("/assignments/{id}", http => With(http) is { } found ? ReassignAsync(http, found) : MissingAsync(http));
        routes.Delete("/assignments/{id}", http => VectraRoutes.Id(http) is { } id && book.Remove(id) ? Answer.NothingAsync(http) : MissingAsync(http));
        routes.Put("/assignments/{id}/resolve", http => With(http) is { } found ? ResolveAsync(http, found) : MissingAsync(http));
        routes.Get("/assignment_outcomes", OutcomesAsync);
    }

    private Task ListAsync(HttpContext http)
    {
        var query = new ListQuery(http);
        var filter = new Filter<Assignment>();
        filter.When(query.Flag("resolved"), static (a, flag) => a.Resolved is not null == flag);
        filter.When(query.Time("created_after"), static (a, time) => a.Assigned >= time);
        filter.When(query.Numbers("assignees"), static (a, ids) => ids.Contains(a.AssignedTo.Id));
        filter.When(query.Numbers("hosts"), static (a, ids) => a.Entity.Kind == EntityKind.Host && ids.Contains(a.Entity.Id));
        filter.When(query.Numbers("accounts"), static (a, ids) => a.Entity.Kind == EntityKind.Account && ids.Contains(a.Entity.Id));
        filter.When(query.Numbers("resolution"), static (a, ids) => a.Outcome is { } outcome && ids.Contains(outcome.Id));
        return PageAnswer.WriteAsync(query, controls, [.. book.All.Where(filter.Passes)], AssignmentWire.Write);
    }

    private async Task CreateAsync(HttpContext http)
    {
        var body = await VectraBody.ReadAsync(http);
        var entity = body?.Number("assign_host_id") is { } host ? estate.Entity(EntityKind.Host, host)
            : body?.Number("assign_account_id") is { } account ? estate.Entity(EntityKind.Account, account) : null;
        if (entity is null || UserIn(body) is not { } to)
            await VectraError.TitleAsync(http, StatusCodes.Status400BadRequest, "A user and a host or an account must be named.");
        else if (book.Start(entity, to) is { } created)
            await WrappedAsync(http, StatusCodes.Status201Created, created);
        else
            await VectraError.TitleAsync(http, StatusCodes.Status409Conflict, "An assignment is already open on this entity.");
    }

    private async Task ReassignAsync(HttpContext http, Assignment found)
    {
        if (UserIn(await VectraBody.ReadAsync(http)) is not { } to)
            await VectraError.TitleAsync(http, StatusCodes.Status400BadRequest, "assign_to_user_id must name a user.");
        else
            await ChangedAsync(http, book.Reassign(found.Id, to));
    }

    private async Task ResolveAsync(HttpContext http, Assignment found)
    {
        var body = await VectraBody.ReadAsync(http);
        var outcome = Array.Find(Outcome.All, known => known.Id == body?.Number("outcome"));
        if (body is null || outcome is null)
        {
            await VectraError.TitleAsync(http, StatusCodes.Status400BadRequest, "outcome must name an outcome.");
            return;
        }
        var resolved = book.Resolve(found.Id, outcome);
        if (resolved is not null && body.Flag("mark_as_fixed") is true)
        {
            foreach (var id in body.Numbers("detection_ids") ?? [])
                estate.Detection(id)?.Mark(isFixed: true);
        }
        await ChangedAsync(http, resolved);
    }

    private static Task ChangedAsync(HttpContext http, Assignment? changed) => changed is not null
        ? WrappedAsync(http, StatusCodes.Status200OK, changed)
        : VectraError.TitleAsync(http, StatusCodes.Status409Conflict, "The assignment is resolved.");

    private Task OutcomesAsync(HttpContext http)
        => PageAnswer.WriteAsync(new ListQuery(http), controls, Outcome.All, AssignmentWire.Write);

    private PlatformUser? UserIn(VectraBody? body) => team.FirstOrDefault(user => user.Id == body?.Number("assign_to_user_id"));

    private Assignment? With(HttpContext http) => VectraRoutes.Id(http) is { } id ? book.Find(id) : null;

    private static Task MissingAsync(HttpContext http) => VectraError.AnswerAsync(http, StatusCodes.Status404NotFound);

    private static Task ShowAsync(HttpContext http, Assignment assignment)
        => Answer.JsonAsync(http, StatusCodes.Status200OK, json => AssignmentWire.Write(json, assignment));

    private static Task WrappedAsync(HttpContext http, int status, Assignment assignment) => Answer.JsonAsync(http, status, json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("assignment");
        AssignmentWire.Write(json, assignment);
        json.WriteEndObject();
    });
}
