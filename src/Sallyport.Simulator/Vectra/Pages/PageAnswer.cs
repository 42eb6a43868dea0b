using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Vectra.Pages;

/// <summary>Answers one page of a list: count, next, previous, results.</summary>
internal static class PageAnswer
{
    public static Task WriteAsync<TRow, TView>(
        ListQuery query, VectraControls controls, IReadOnlyList<TRow> rows, FieldTable<TView> table, Func<TRow, TView> view)
    {
        if (query.Error is { } error)
            return VectraError.DetailAsync(query.Http, StatusCodes.Status400BadRequest, error);
        if (table.Choose(query) is not { } chosen)
            return WriteAsync(query, controls, Array.Empty<TRow>(), static (_, _) => { });
        return WriteAsync(query, controls, rows, (json, row) => FieldTable<TView>.Write(json, view(row), chosen));
    }

    public static Task WriteAsync<TRow>(ListQuery query, VectraControls controls, IReadOnlyList<TRow> rows, Action<Utf8JsonWriter, TRow> write)
    {
        if (query.Error is { } error)
            return VectraError.DetailAsync(query.Http, StatusCodes.Status400BadRequest, error);
        var (page, size) = (query.Page, query.PageSize);
        var first = (page - 1L) * size;
        if (page < 1 || (page > 1 && first >= rows.Count && controls.Next != NextLink.Endless))
            return VectraError.DetailAsync(query.Http, StatusCodes.Status404NotFound, "Invalid page.");
        var hasNext = first + size < rows.Count;
        var next = controls.Next switch
        {
            NextLink.SamePage => Link(query, controls, page),
            NextLink.Endless => Link(query, controls, page + 1),
            _ => hasNext ? Link(query, controls, page + 1) : null,
        };
        return Answer.JsonAsync(query.Http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("count", rows.Count);
            json.WriteString("next", next);
            json.WriteString("previous", page > 1 ? Link(query, controls, page - 1) : null);
            json.WriteStartArray("results");
            for (var i = first; i < Math.Min(first + size, rows.Count); i++)
                write(json, rows[(int)i]);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static string Link(ListQuery query, VectraControls controls, int page)
    {
        var request = query.Http.Request;
        var parameters = request.Query.Where(static parameter => parameter.Key != "page")
            .Select(static parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value.ToString()))
            .Append(KeyValuePair.Create("page", (string?)page.ToString(CultureInfo.InvariantCulture)));
        var origin = controls.LinkOrigin ?? $"{request.Scheme}://{request.Host}";
        return QueryHelpers.AddQueryString(origin + request.Path, parameters);
    }
}
