using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.Vectra.Pages;

namespace Sallyport.Simulator.Vectra.Investigations;

/// <summary>Lists and shows those who can sign in, and their roles.</summary>
internal sealed class PlatformUserEndpoints(IReadOnlyList<PlatformUser> team, VectraControls controls)
{
    public void Map(VectraRoutes routes)
    {
        routes.Get("/users", ListAsync);
        routes.Get("/users/roles", RolesAsync);
        routes.Get("/users/{id}", ShowAsync);
    }

    private Task ListAsync(HttpContext http)
    {
        var query = new ListQuery(http);
        var filter = new Filter<PlatformUser>();
        filter.When(query.Text("email"), static (user, email) => user.Username.Equals(email, StringComparison.OrdinalIgnoreCase));
        filter.When(query.Text("role"), static (user, role) => user.Role.StandardName == role || user.Role.DisplayName == role);
        filter.When(query.Time("last_login_gte"), static (user, time) => user.LastLogin >= time);
        var version = Links.Of(http).Version;
        return PageAnswer.WriteAsync(query, controls, [.. team.Where(filter.Passes)], (json, user) => user.Write(json, version));
    }

    private Task ShowAsync(HttpContext http) => team.FirstOrDefault(user => user.Id == VectraRoutes.Id(http)) is { } found
        ? Answer.JsonAsync(http, StatusCodes.Status200OK, json => found.Write(json, Links.Of(http).Version))
        : VectraError.AnswerAsync(http, StatusCodes.Status404NotFound);

    private static Task RolesAsync(HttpContext http) => Answer.JsonAsync(http, StatusCodes.Status200OK, static json =>
    {
        json.WriteStartArray();
        foreach (var role in PlatformRole.All)
        {
            json.WriteStartObject();
            json.WriteNumber("id", role.Id);
            json.WriteString("name", role.DisplayName);
            json.WriteString("standardized_name", role.StandardName);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });
}
