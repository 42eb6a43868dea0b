using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.Vectra.Detections;
using Sallyport.Simulator.Vectra.Entities;

namespace Sallyport.Simulator.Vectra.Investigations;

/// <summary>Notes on detections, and on hosts and accounts as entities.</summary>
internal sealed class NoteEndpoints(NoteBook book, DetectionEndpoints detections, EntityEndpoints entities)
{
    public void Map(VectraRoutes routes)
    {
        routes.Get("/detections/{id}/notes", http => detections.WithDetectionAsync(http, row => ListAsync(http, row)));
        routes.Post("/detections/{id}/notes", http => detections.WithDetectionAsync(http, row => AddAsync(http, row)));
        routes.Get("/entities/{id}/notes", http => entities.WithEntityAsync(http, row => ListAsync(http, row)));
        routes.Post("/entities/{id}/notes", http => entities.WithEntityAsync(http, row => AddAsync(http, row)));
        routes.Patch("/entities/{id}/notes/{note}", http => entities.WithEntityAsync(http, row => ChangeAsync(http, row)));
        routes.Delete("/entities/{id}/notes/{note}", http => entities.WithEntityAsync(http, row => RemoveAsync(http, row)));
    }

    private static Task ListAsync(HttpContext http, INoted on) => Answer.JsonAsync(http, StatusCodes.Status200OK, json =>
    {
        json.WriteStartArray();
        foreach (var note in on.Notes)
            note.Write(json);
        json.WriteEndArray();
    });

    private async Task AddAsync(HttpContext http, INoted on)
    {
        if (await TextAsync(http) is not { } text)
            await VectraError.DetailAsync(http, StatusCodes.Status400BadRequest, "note: This field is required.");
        else
            await Answer.JsonAsync(http, StatusCodes.Status201Created, book.Add(on, text).Write);
    }

    private async Task ChangeAsync(HttpContext http, INoted on)
    {
        if (await TextAsync(http) is not { } text)
            await VectraError.DetailAsync(http, StatusCodes.Status400BadRequest, "note: This field is required.");
        else if (VectraRoutes.Id(http, "note") is { } id && book.Change(on, id, text) is { } changed)
            await Answer.JsonAsync(http, StatusCodes.Status200OK, changed.Write);
        else
            await VectraError.AnswerAsync(http, StatusCodes.Status404NotFound);
    }

    private Task RemoveAsync(HttpContext http, INoted on) => VectraRoutes.Id(http, "note") is { } id && book.Remove(on, id)
        ? Answer.NothingAsync(http)
        : VectraError.AnswerAsync(http, StatusCodes.Status404NotFound);

    private static async Task<string?> TextAsync(HttpContext http)
        => (await VectraBody.ReadAsync(http))?.Text("note") is { Length: > 0 } text ? text : null;
}
