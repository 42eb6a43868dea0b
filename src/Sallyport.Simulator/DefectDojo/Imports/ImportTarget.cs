using Sallyport.Simulator.DefectDojo.Store;

namespace Sallyport.Simulator.DefectDojo.Imports;

/// <summary>Finds where an import goes, by id or by names, and creates what is missing when the form allows it.</summary>
internal static class ImportTarget
{
    public static Row Engagement(Instance instance, ImportForm form)
    {
        if (form.Text("engagement") is { } text)
            return instance.Engagements.Find(DojoRequest.Number(text)) ?? throw DojoRefusal.List($"Engagement \"{text}\" does not exist");
        var productName = form.Text("product_name") ?? throw DojoRefusal.List("product_name parameter missing");
        var name = form.Text("engagement_name") ?? throw DojoRefusal.List("engagement_name parameter missing");
        var product = instance.Products.Rows.FirstOrDefault(row => row.Text("name") == productName) ?? NewProduct(instance, form, productName);
        var engagement = instance.Engagements.Rows.LastOrDefault(row => row.Number("product") == product.Id && row.Text("name") == name);
        if (engagement is not null)
            return engagement;
        return form.Flag("auto_create_context")
            ? instance.NewEngagement(product, name, instance.Now, TimeSpan.FromDays(365), "CI/CD")
            : throw DojoRefusal.List($"Engagement \"{name}\" does not exist in Product \"{productName}\"");
    }

    /// <summary>The test to reimport into, or null when a new one is to be made.</summary>
    public static Row? Test(Instance instance, ImportForm form)
    {
        if (form.Text("test") is { } text)
            return instance.Tests.Find(DojoRequest.Number(text)) ?? throw DojoRefusal.List($"Test \"{text}\" does not exist");
        var engagement = Engagement(instance, form);
        var test = instance.Tests.Rows.LastOrDefault(row => row.Number("engagement") == engagement.Id && row.Text("scan_type") == form.ScanType
            && (form.Text("test_title") is not { } title || row.Text("title") == title));
        return test is not null || form.Flag("auto_create_context") ? test : throw DojoRefusal.List("Test does not exist");
    }

    private static Row NewProduct(Instance instance, ImportForm form, string name)
    {
        if (!form.Flag("auto_create_context"))
            throw DojoRefusal.List($"Product \"{name}\" does not exist");
        var typeName = form.Text("product_type_name")
            ?? throw DojoRefusal.List($"Product \"{name}\" does not exist and no product_type_name provided to create the new product in");
        var type = instance.ProductTypes.Rows.FirstOrDefault(row => row.Text("name") == typeName) ?? instance.ProductTypes.Add();
        type["name"] = typeName;
        var product = instance.Products.Add();
        (product["name"], product["description"], product["prod_type"]) = (name, name, type.Id);
        product.Touch(instance.Now, "created");
        return product;
    }
}
