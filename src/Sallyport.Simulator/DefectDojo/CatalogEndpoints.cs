using System.Globalization;
using System.Text.Json;
using Sallyport.Simulator.DefectDojo.Answers;
using Sallyport.Simulator.DefectDojo.Store;

namespace Sallyport.Simulator.DefectDojo;

/// <summary>Everything above a finding: product types, products, engagements, tests, test types, and who is asking.</summary>
internal static class CatalogEndpoints
{
    private const string NoChoice = "Select a valid choice. That choice is not one of the available choices.";

    public static void Map(DojoRoutes routes)
    {
        routes.Get("/user_profile", static (_, _) => DojoReply.Ok(Profile));
        routes.Get("/product_types", static (instance, request) => DojoPage.Of(
            request, Named(instance.ProductTypes.Rows, request).OrderBy(row => row.Text("name"), StringComparer.Ordinal), CatalogAnswer.ProductType, withPrefetch: true));
        routes.Get("/products", ListProducts);
        routes.Get("/products/{id}", static (instance, request) => Ok(instance.Products.Require(request.Id), (json, row) => CatalogAnswer.Product(json, instance, row, withPrefetch: true)));
        routes.Post("/products", CreateProduct);
        routes.Get("/engagements", ListEngagements);
        routes.Get("/engagements/{id}", static (instance, request) => Ok(instance.Engagements.Require(request.Id), CatalogAnswer.Engagement));
        routes.Post("/engagements", CreateEngagement);
        routes.Get("/tests", ListTests);
        routes.Get("/tests/{id}", static (instance, request) => Ok(instance.Tests.Require(request.Id), (json, row) => CatalogAnswer.Test(json, instance, row, withPrefetch: true)));
        routes.Post("/tests", CreateTest);
        routes.Get("/test_types", static (instance, request) => DojoPage.Of(request, Named(instance.TestTypes.Rows, request), CatalogAnswer.TestType, withPrefetch: false));
    }

    private static DojoReply Ok(Row row, Action<Utf8JsonWriter, Row> write) => DojoReply.Ok(json => write(json, row));

    private static IEnumerable<Row> Named(IEnumerable<Row> rows, DojoRequest request)
        => request.Query("name") is { } name ? rows.Where(row => row.Text("name") == name) : rows;

    private static DojoReply ListProducts(Instance instance, DojoRequest request)
    {
        var rows = instance.Products.Rows;
        if (request.Query("name") is { } name)
            rows = rows.Where(row => row.Text("name")!.Contains(name, StringComparison.OrdinalIgnoreCase));
        if (request.Query("prod_type") is { } types)
            rows = rows.Where(row => types.Split(',').Contains(row.Number("prod_type")?.ToString(CultureInfo.InvariantCulture)));
        return DojoPage.Of(request, rows.OrderBy(row => row.Text("name"), StringComparer.Ordinal), (json, row) => CatalogAnswer.Product(json, instance, row, withPrefetch: false), withPrefetch: true);
    }

    private static DojoReply ListEngagements(Instance instance, DojoRequest request)
    {
        var rows = Named(instance.Engagements.Rows, request);
        if (Parent(request, "product", instance.Products) is { } product)
            rows = rows.Where(row => row.Number("product") == product);
        if (request.Query("status") is { } status)
            rows = rows.Where(row => row.Text("status") == status);
        if (request.QueryFlag("active") is { } active)
            rows = rows.Where(row => row.Flag("active") == active);
        return DojoPage.Of(request, rows, CatalogAnswer.Engagement, withPrefetch: false);
    }

    private static DojoReply ListTests(Instance instance, DojoRequest request)
    {
        var rows = instance.Tests.Rows;
        if (Parent(request, "engagement", instance.Engagements) is { } engagement)
            rows = rows.Where(row => row.Number("engagement") == engagement);
        if (Parent(request, "test_type", instance.TestTypes) is { } type)
            rows = rows.Where(row => row.Number("test_type") == type);
        return DojoPage.Of(request, rows, (json, row) => CatalogAnswer.Test(json, instance, row, withPrefetch: false), withPrefetch: true);
    }

    /// <summary>A filter by an object that does not exist is an error here, not an empty page.</summary>
    private static int? Parent(DojoRequest request, string name, Table table)
    {
        if (request.Query(name) is not { } text)
            return null;
        return table.Find(DojoRequest.Number(text))?.Id ?? throw DojoRefusal.Field(name, NoChoice);
    }

    private static DojoReply CreateProduct(Instance instance, DojoRequest request)
    {
        var type = ParentOf(request, "prod_type", instance.ProductTypes);
        var name = Required(request, "name");
        Required(request, "description");
        if (instance.Products.Rows.Any(row => row.Text("name") == name))
            throw DojoRefusal.Field("name", "product with this name already exists.");
        var product = Fill(instance.Products.Add(), request);
        product.Touch(instance.Now, "created");
        product["prod_type"] = type.Id;
        return DojoReply.Created(json => CatalogAnswer.Product(json, instance, product, withPrefetch: false));
    }

    private static DojoReply CreateEngagement(Instance instance, DojoRequest request)
    {
        ParentOf(request, "product", instance.Products);
        if (string.CompareOrdinal(Required(request, "target_start"), Required(request, "target_end")) > 0)
            throw DojoRefusal.Field("non_field_errors", "Your target start date exceeds your target end date");
        var engagement = instance.Engagements.Add();
        (engagement["active"], engagement["deduplication_on_engagement"], engagement["engagement_type"], engagement["status"]) = (true, false, "Interactive", "Not Started");
        Fill(engagement, request).Touch(instance.Now, "created", "updated");
        return DojoReply.Created(json => CatalogAnswer.Engagement(json, engagement));
    }

    private static DojoReply CreateTest(Instance instance, DojoRequest request)
    {
        ParentOf(request, "engagement", instance.Engagements);
        Required(request, "target_start");
        Required(request, "target_end");
        if (instance.TestTypes.Find(request.Body.TryGetProperty("test_type", out var type) && type.TryGetInt32(out var id) ? id : null) is null)
            throw DojoRefusal.Field("test_type", "Invalid pk - object does not exist.");
        var test = Fill(instance.Tests.Add(), request);
        test.Touch(instance.Now, "created", "updated");
        return DojoReply.Created(json => CatalogAnswer.CreatedTest(json, test));
    }

    /// <summary>Asked before any field is looked at.</summary>
    public static Row ParentOf(DojoRequest request, string name, Table table)
        => request.Body.ValueKind == JsonValueKind.Object && request.Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? table.Require(value.GetInt32())
            : throw DojoRefusal.Detail(400, $"Unable to check for permissions: Attribute '{name}' is required");

    public static string Required(DojoRequest request, string name)
        => request.Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw DojoRefusal.Field(name, "This field is required.");

    private static Row Fill(Row row, DojoRequest request)
    {
        foreach (var member in request.Body.EnumerateObject())
        {
            if (member.Name == "tags")
                row.SetTags(member.Value.EnumerateArray().Select(tag => tag.GetString()!));
            else
                row.Take(member.Name, member.Value);
        }

        return row;
    }

    private static void Profile(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("user");
        json.WriteNumber("id", 1);
        json.WriteString("username", "admin");
        json.WriteString("first_name", "Ada");
        json.WriteString("last_name", "Min");
        json.WriteString("email", "ada@contoso.example");
        json.WriteBoolean("is_active", true);
        json.WriteBoolean("is_superuser", true);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
