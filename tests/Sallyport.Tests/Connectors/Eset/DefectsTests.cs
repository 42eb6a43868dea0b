using System.Reflection;
using Xunit.v3;

namespace Sallyport.Tests.Connectors.Eset;

/// <summary>The contract's list of the reference server's defects, D1 to D30: each has a test that is named after what is right.</summary>
public sealed class DefectsTests
{
    [Fact]
    public void Every_defect_of_the_reference_server_has_its_test()
    {
        var tested = typeof(DefectsTests).Assembly.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .SelectMany(method => method.GetCustomAttributes().OfType<ITraitAttribute>()).SelectMany(trait => trait.GetTraits())
            .Where(trait => trait.Key == "defect").Select(trait => trait.Value).Distinct();

        Assert.Equal(Enumerable.Range(1, 30).Select(number => $"D{number}").Order(), tested.Order());
    }
}
