using System.Text.Json;
using Sallyport.Simulator.DefectDojo.Store;

namespace Sallyport.Simulator.DefectDojo.Findings;

/// <summary>Lists, reads, files and changes findings.</summary>
internal static class FindingEndpoints
{
    private const int LongestTitle = 511;

    private static readonly string[] RequiredBesides = ["found_by", "numerical_severity", "active", "verified"];

    public static void Map(DojoRoutes routes)
    {
        routes.Get("/findings", static (instance, request) => DojoPage.Of(
            request, FindingFilter.Apply(instance, request), (json, row) => FindingAnswer.Write(json, instance, row, Related(request), withPrefetch: false), withPrefetch: true));
        routes.Get("/findings/{id}", static (instance, request) =>
        {
            var finding = instance.Findings.Require(request.Id);
            return DojoReply.Ok(json => FindingAnswer.Write(json, instance, finding, Related(request), withPrefetch: true));
        });
        routes.Post("/findings", Create);
        routes.Patch("/findings/{id}", static (instance, request) =>
        {
            var finding = instance.Findings.Require(request.Id);
            FindingState.Patch(instance, finding, request.Body);
            return DojoReply.Ok(json => FindingAnswer.Write(json, instance, finding, related: false, withPrefetch: false));
        });
    }

    private static bool Related(DojoRequest request) => request.Query("related_fields") == "true";

    private static DojoReply Create(Instance instance, DojoRequest request)
    {
        var test = CatalogEndpoints.ParentOf(request, "test", instance.Tests);
        var title = CatalogEndpoints.Required(request, "title");
        if (title.Length > LongestTitle)
            throw DojoRefusal.Field("title", $"Ensure this field has no more than {LongestTitle} characters.");
        var (severity, description) = (CatalogEndpoints.Required(request, "severity"), CatalogEndpoints.Required(request, "description"));
        foreach (var name in RequiredBesides)
        {
            if (!request.Body.TryGetProperty(name, out _))
                throw DojoRefusal.Field(name, "This field is required.");
        }

        var finding = FindingRows.New(instance, test, title, severity, description, instance.Now);
        var (foundBy, byTool) = (finding["found_by"], request.Body.TryGetProperty("file_path", out var path) && path.ValueKind == JsonValueKind.String);
        FindingState.Patch(instance, finding, request.Body);
        (finding["found_by"], finding["static_finding"]) = (foundBy, byTool || finding.Flag("static_finding"));
        finding.SetTags(finding.Tags.Select(tag => tag.ToLowerInvariant()));
        return DojoReply.Created(json => FindingAnswer.WriteCreated(json, instance, finding));
    }
}
