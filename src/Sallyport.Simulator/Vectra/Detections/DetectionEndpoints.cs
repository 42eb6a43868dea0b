using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.Vectra.Entities;
using Sallyport.Simulator.Vectra.Investigations;
using Sallyport.Simulator.Vectra.Pages;

namespace Sallyport.Simulator.Vectra.Detections;

/// <summary>Lists, shows, marks, closes and opens detections, and hands out captures.</summary>
internal sealed class DetectionEndpoints(VectraEstate estate, AssignmentBook assignments, VectraControls controls)
{
    private static readonly string[] Reasons = ["remediated", "benign"];

    public void Map(VectraRoutes routes)
    {
        routes.Get("/detections", ListAsync);
        routes.Patch("/detections", MarkAsync);
        routes.Patch("/detections/close", CloseAsync);
        routes.Patch("/detections/open", http => ChangeAsync(http, static row => row.Close(null), "Successfully opened detections"));
        routes.Get("/detections/{id}", http => WithDetectionAsync(http, row => ShowAsync(http, row)));
        routes.Get("/detections/{id}/pcap", http => WithDetectionAsync(http, row => CaptureAsync(http, row)));
    }

    public Task WithDetectionAsync(HttpContext http, Func<DetectionRow, Task> answer)
        => VectraRoutes.Id(http) is { } id && estate.Detection(id) is { } row
            ? answer(row)
            : VectraError.AnswerAsync(http, StatusCodes.Status404NotFound);

    private Task ListAsync(HttpContext http)
    {
        var query = new ListQuery(http);
        var links = Links.Of(http);
        var filter = DetectionFilter.Of(query, estate);
        var rows = estate.Detections.Where(filter.Passes)
            .Sorted(query.Text("ordering"), DetectionFilter.Orders, controls.ScoresSortDescending);
        return PageAnswer.WriteAsync(query, controls, rows, DetectionFields.Table, row => View(row, links));
    }

    private Task ShowAsync(HttpContext http, DetectionRow row)
        => Answer.JsonAsync(http, StatusCodes.Status200OK, json => DetectionFields.Table.Write(json, View(row, Links.Of(http))));

    private Task CaptureAsync(HttpContext http, DetectionRow row)
    {
        if (row.Entity.Kind != EntityKind.Host)
            return VectraError.DetailAsync(http, StatusCodes.Status406NotAcceptable, "A capture is not available for this detection.");
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"detection-{row.Id}.pcap\"";
        return Answer.BytesAsync(http, StatusCodes.Status200OK, "application/vnd.tcpdump.pcap", Capture.Of(View(row, Links.Of(http))));
    }

    private async Task MarkAsync(HttpContext http)
    {
        var body = await VectraBody.ReadAsync(http);
        if (body?.Flag("mark_as_fixed") is not { } isFixed)
            await VectraError.DetailAsync(http, StatusCodes.Status422UnprocessableEntity, "mark_as_fixed must be a boolean.");
        else
            await ChangeAsync(http, body, row => row.Mark(isFixed), "Successfully marked detections");
    }

    private async Task CloseAsync(HttpContext http)
    {
        var body = await VectraBody.ReadAsync(http);
        if (body?.Text("reason") is not { } reason || !Reasons.Contains(reason))
            await VectraError.DetailAsync(http, StatusCodes.Status422UnprocessableEntity, "reason must be remediated or benign.");
        else
            await ChangeAsync(http, body, row => row.Close(reason), "Successfully closed detections");
    }

    private async Task ChangeAsync(HttpContext http, Action<DetectionRow> change, string message)
        => await ChangeAsync(http, await VectraBody.ReadAsync(http), change, message);

    /// <summary>All of them or none.</summary>
    private async Task ChangeAsync(HttpContext http, VectraBody? body, Action<DetectionRow> change, string message)
    {
        var rows = body?.Numbers("detectionIdList")?.Select(estate.Detection).ToList();
        if (rows is null or { Count: 0 })
        {
            await VectraError.DetailAsync(http, StatusCodes.Status422UnprocessableEntity, "detectionIdList must be a list of detection ids.");
            return;
        }
        if (rows.Contains(null))
        {
            await MetaAsync(http, StatusCodes.Status404NotFound, "Failure", "Some detections were not found");
            return;
        }
        foreach (var row in rows)
            change(row!);
        await MetaAsync(http, StatusCodes.Status200OK, "Success", message);
    }

    private static Task MetaAsync(HttpContext http, int status, string level, string message) => Answer.JsonAsync(http, status, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("_meta");
        json.WriteString("level", level);
        json.WriteString("message", message);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private DetectionView View(DetectionRow row, Links links) => new(row, estate, assignments, links);
}
