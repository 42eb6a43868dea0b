using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.Vectra.Investigations;
using Sallyport.Simulator.Vectra.Pages;

namespace Sallyport.Simulator.Vectra.Entities;

/// <summary>Lists and shows entities, and hosts and accounts in their own shapes.</summary>
internal sealed class EntityEndpoints(VectraEstate estate, AssignmentBook assignments, VectraControls controls)
{
    public void Map(VectraRoutes routes)
    {
        routes.Get("/entities", http => ListAsync(http, estate.Entities, EntityFilter.OfEntities, EntityFields.Entity));
        routes.Get("/entities/{id}", http => WithEntityAsync(http, row => ShowAsync(http, row, EntityFields.Entity)));
        routes.Get("/hosts", http => ListAsync(http, estate.Hosts, EntityFilter.OfHosts, EntityFields.Host));
        routes.Get("/hosts/{id}", http => ShowAsync(http, EntityKind.Host, EntityFields.Host));
        routes.Get("/accounts", http => ListAsync(http, estate.Accounts, EntityFilter.OfAccounts, EntityFields.Account));
        routes.Get("/accounts/{id}", http => ShowAsync(http, EntityKind.Account, EntityFields.Account));
    }

    /// <summary>The entity that the path and the <c>type</c> parameter, which is required, name together.</summary>
    public Task WithEntityAsync(HttpContext http, Func<EntityRow, Task> answer)
    {
        EntityKind? kind = http.Request.Query["type"].ToString() switch { "host" => EntityKind.Host, "account" => EntityKind.Account, _ => null };
        if (kind is null)
            return VectraError.DetailAsync(http, StatusCodes.Status400BadRequest, "type must be host or account.");
        return VectraRoutes.Id(http) is { } id && estate.Entity(kind.Value, id) is { } row
            ? answer(row)
            : VectraError.AnswerAsync(http, StatusCodes.Status404NotFound);
    }

    private Task ListAsync(HttpContext http, IEnumerable<EntityRow> rows, Func<ListQuery, Filter<EntityView>> filterOf, FieldTable<EntityView> table)
    {
        var query = new ListQuery(http);
        var links = Links.Of(http);
        var filter = filterOf(query);
        var views = rows.Select(row => View(row, links)).Where(filter.Passes)
            .Sorted(query.Text("ordering"), EntityFilter.Orders, controls.ScoresSortDescending);
        return PageAnswer.WriteAsync(query, controls, views, table, static view => view);
    }

    private Task ShowAsync(HttpContext http, EntityKind kind, FieldTable<EntityView> table)
        => VectraRoutes.Id(http) is { } id && estate.Entity(kind, id) is { } row
            ? ShowAsync(http, row, table)
            : VectraError.AnswerAsync(http, StatusCodes.Status404NotFound);

    private Task ShowAsync(HttpContext http, EntityRow row, FieldTable<EntityView> table)
    {
        var chosen = table.Choose(new(http)) ?? [];
        return Answer.JsonAsync(http, StatusCodes.Status200OK, json => FieldTable<EntityView>.Write(json, View(row, Links.Of(http)), chosen));
    }

    private EntityView View(EntityRow row, Links links) => new(row, estate, assignments, links);
}
