using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Sallyport.Connectors.DefectDojo.Access;
using Sallyport.Connectors.DefectDojo.Arguments;
using Sallyport.Connectors.DefectDojo.Detection;
using Sallyport.Connectors.DefectDojo.Results;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.DefectDojo.Tools;

/// <summary>Filing products, engagements, tests and findings, and changing findings' content.</summary>
internal static class CreationTools
{
    private static readonly string[] Severities = ["Critical", "High", "Medium", "Low", "Info"];

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["prod_type_id"] = "prod_type",
        ["product_id"] = "product",
        ["engagement_id"] = "engagement",
        ["test_type_id"] = "test_type",
        ["environment_id"] = "environment",
        ["test_id"] = "test",
    };

    public static IReadOnlyList<Tool> All { get; } =
    [
        Write("defectdojo_product_create", "create_product", "Create product", "Creates a DefectDojo product. Its name must be new; look for it first.", ToolPermission.Products,
            static () => DefectDojoJson.Default.CreateProduct, static (client, args, ct) => CreateAsync(client, args, "products/", "product type", Members.Product, ct)),
        Write("defectdojo_engagement_create", "create_engagement", "Create engagement", "Creates an engagement, a period of testing, in a DefectDojo product.", ToolPermission.Engagements,
            static () => DefectDojoJson.Default.CreateEngagement, static (client, args, ct) => CreateAsync(client, args, "engagements/", "product", Members.Engagement, ct)),
        Write("defectdojo_test_create", "create_test", "Create test", "Creates a test in a DefectDojo engagement, for findings filed by hand. Imports make their own.", ToolPermission.Engagements,
            static () => DefectDojoJson.Default.CreateTest, static (client, args, ct) => CreateAsync(client, args, "tests/", "engagement", Members.Test, ct)),
        Write("defectdojo_finding_create", "create_finding", "Create finding", "Files one finding by hand in a DefectDojo test. Scanners' reports are imported instead.", ToolPermission.Findings,
            static () => DefectDojoJson.Default.CreateFinding, CreateFindingAsync),
        Write("defectdojo_finding_update", "update_finding", "Update finding", "Changes the content of one DefectDojo finding and answers with what was stored. Closing and reopening have their own tools.", ToolPermission.Findings,
            static () => DefectDojoJson.Default.UpdateFinding, UpdateAsync) with { IsDestructive = true, IsIdempotent = true },
    ];

    private static Tool Write<TArguments>(
        string name, string alias, string title, string description, ToolPermission permission, Func<JsonTypeInfo<TArguments>> arguments,
        Func<DefectDojoClient, JsonElement, CancellationToken, Task<JsonObject>> handler)
        => Tool.Document<DefectDojoClient, TArguments>(ToolAccess.Write, name, description, arguments, async (client, args, context, cancellationToken) =>
        {
            WriteCheck.Texts(client.Settings, args, context);
            NotLater(args, "date", context.Time.GetUtcNow());
            if (args.Text("target_start") is { } start && Time(start) > Time(args.Text("target_end")!))
                throw new InvalidArgumentsException("target_end: must not be before target_start");
            return DojoContent.Of(await handler(client, args, cancellationToken), context);
        }) with
        {
            Alias = alias,
            Title = title,
            Permission = permission,
            UntrustedMembers = Members.Untrusted,
            Toolset = "creation",
        };

    internal static void NotLater(JsonElement args, string member, DateTimeOffset now)
    {
        if (args.Text(member) is { } day && Time(day).Date > now.UtcDateTime.Date)
            throw new InvalidArgumentsException($"{member}: must not be in the future");
    }

    private static async Task<JsonObject> CreateAsync(
        DefectDojoClient client, JsonElement args, string path, string parent, IReadOnlyList<string> members, CancellationToken cancellationToken)
    {
        var body = DojoBody.From(args, Names, "tags");
        if (args.Member("tags") is not null)
            body["tags"] = DojoBody.Texts(WriteCheck.Tags(args));
        if (path == "tests/")
            (body["target_start"], body["target_end"]) = (Midnight(args.Text("target_start")!), Midnight(args.Text("target_end")!));
        return Created(await client.PostAsync(path, body, $"such {parent}", cancellationToken), members);
    }

    private static async Task<JsonObject> CreateFindingAsync(DefectDojoClient client, JsonElement args, CancellationToken cancellationToken)
    {
        var body = Content(args, "test_id");
        body["test"] = Projection.Copy(args, "test_id");
        // All three are required upstream, whatever they are.
        body["found_by"] = new JsonArray();
        body["active"] ??= true;
        body["verified"] ??= false;
        return Created(await client.PostAsync("findings/", body, "such test", cancellationToken), Members.Finding);
    }

    private static async Task<JsonObject> UpdateAsync(DefectDojoClient client, JsonElement args, CancellationToken cancellationToken)
    {
        var body = Content(args, "finding_id");
        if (body.Count == 0)
            throw new InvalidArgumentsException("Name at least one member to change besides finding_id.");
        var id = args.Member("finding_id")!.Value.GetInt32();
        var before = await client.FindingAsync(id, cancellationToken);
        await client.PatchFindingAsync(id, body, cancellationToken);
        return Changed.Of(before, await client.FindingAsync(id, cancellationToken));
    }

    private static JsonObject Content(JsonElement args, string id)
    {
        var body = DojoBody.From(args, Names, id, "tags", "vulnerability_ids");
        if (args.Member("tags") is not null)
            body["tags"] = DojoBody.Texts(WriteCheck.Tags(args));
        if (args.Member("vulnerability_ids") is not null)
            body["vulnerability_ids"] = new JsonArray([.. args.Texts("vulnerability_ids").Select(text => (JsonNode)new JsonObject { ["vulnerability_id"] = text })]);
        if (args.Text("severity") is { } severity)
            body["numerical_severity"] = $"S{Array.IndexOf(Severities, severity)}";
        return body;
    }

    private static JsonObject Created(JsonElement answer, IReadOnlyList<string> members)
    {
        var result = Projection.Of(answer, members);
        result["created_now"] = true;
        return result;
    }

    private static string Midnight(string time) => time.Length == "yyyy-MM-dd".Length ? time + "T00:00:00Z" : time;

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
