using System.Reflection;
using Xunit.v3;

namespace Sallyport.Tests.Connectors.Eset;

/// <summary>The contract's list of the reference server's defects, D1 to D30: each has a test that is named after what is right.</summary>
public sealed class DefectsTests
{
    /// <summary>Nothing to correct in the program: how containers are put together, metrics of other services, and two things that nobody promised.</summary>
    private static readonly string[] NotOurs = ["D24", "D26", "D28"];

    [Fact]
    public void Every_defect_of_the_reference_server_has_its_test()
    {
        var tested = typeof(DefectsTests).Assembly.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .SelectMany(method => method.GetCustomAttributes().OfType<ITraitAttribute>()).SelectMany(trait => trait.GetTraits())
            .Where(trait => trait.Key == "defect").Select(trait => trait.Value).Distinct();

        Assert.Equal(Enumerable.Range(1, 30).Select(number => $"D{number}").Except(NotOurs).Order(), tested.Order());
    }
}
