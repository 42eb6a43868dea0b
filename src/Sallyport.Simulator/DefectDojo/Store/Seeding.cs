using Sallyport.Simulator.DefectDojo.Findings;
using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Devices;
using Sallyport.Simulator.World.Weaknesses;

namespace Sallyport.Simulator.DefectDojo.Store;

/// <summary>Files the story's weaknesses as findings: the id of a finding is the number of its weakness plus one.</summary>
internal static class Seeding
{
    private const string Scanner = "Tenable Scan";

    public static void Fill(Instance instance, Company world)
    {
        foreach (var manual in (string[])["Pen Test", "API Test", "Manual Code Review"])
            instance.TestType(manual);
        var estate = instance.ProductTypes.Add();
        estate.Touch(world.Now, "created", "updated");
        (estate["name"], estate["critical_product"], estate["key_product"]) = ("Contoso estate", true, false);
        var tests = Enum.GetValues<SystemFamily>().ToDictionary(family => family, family => Product(instance, estate, family, world));
        for (var i = 0; i < world.WeaknessCount; i++)
        {
            var weakness = world.Weakness(i);
            var device = world.Device(weakness.DeviceIndex);
            File(instance, tests[device.System.Family], weakness, device);
        }
    }

    private static Row Product(Instance instance, Row estate, SystemFamily family, Company world)
    {
        var product = instance.Products.Add();
        product.Touch(world.Now, "created");
        (product["name"], product["description"], product["prod_type"]) = ($"{family} systems", $"What runs {family} at Contoso", estate.Id);
        (product["business_criticality"], product["lifecycle"], product["origin"]) = ("high", "production", "internal");
        product.SetTags(["contoso"]);
        var engagement = instance.NewEngagement(product, "Vulnerability scans", world.Now.AddDays(-300), TimeSpan.FromDays(365), "CI/CD");
        return instance.NewTest(engagement, instance.TestType(Scanner), world.Now.AddDays(-1), Scanner);
    }

    private static void File(Instance instance, Row test, Weakness weakness, Device device)
    {
        var known = weakness.Vulnerability;
        var finding = FindingRows.New(instance, test, $"{known.Title} on {device.Name}", weakness.Severity.ToString(), weakness.Description, weakness.FirstFound);
        finding["vulnerability_ids"] = FindingRows.VulnerabilityIds([known.Cve]);
        (finding["cwe"], finding["cvssv3"], finding["cvssv3_score"]) = (known.Cwe, known.CvssVector, known.CvssScore);
        (finding["epss_score"], finding["epss_percentile"], finding["known_exploited"]) = (known.Epss, known.EpssPercentile, known.IsKnownExploited);
        (finding["component_name"], finding["component_version"], finding["fix_version"]) = (known.Component, known.AffectedVersion, known.FixedVersion);
        finding["mitigation"] = $"Update {known.Component} to {known.FixedVersion}.";
        finding["service"] = weakness.Port is { } port ? $"tcp/{port}" : null;
        finding.SetTags([device.Name]);
        var (verified, mitigated, falsePositive, accepted) = weakness.Status switch
        {
            WeaknessStatus.Verified => (true, false, false, false),
            WeaknessStatus.Mitigated => (true, true, false, false),
            WeaknessStatus.FalsePositive => (false, true, true, false),
            WeaknessStatus.RiskAccepted => (true, false, false, true),
            _ => (false, false, false, false),
        };
        (finding["verified"], finding["is_mitigated"], finding["false_p"], finding["risk_accepted"]) = (verified, mitigated, falsePositive, accepted);
        finding["active"] = !mitigated && !accepted;
        if (mitigated)
            finding.Touch(weakness.LastFound, "mitigated");
        finding["hash_code"] = FindingRows.Hash(finding);
    }
}
