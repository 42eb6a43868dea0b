using Sallyport.Connectors;
using Sallyport.Core.Sources;

namespace Sallyport.Tests.Conventions;

/// <summary>What holds for every platform's answers to questions that go to all of them.</summary>
public sealed class SourceTests
{
    [Fact]
    public void Every_platform_knows_hosts() => Assert.All(BuiltInConnectors.All, connector => Assert.Contains(connector.Sources, source => source.Kind == SourceKind.Hosts));

    [Fact]
    public void Every_source_stands_for_reads_of_its_own_platform_that_exist()
        => Assert.All(
            BuiltInConnectors.All.SelectMany(connector => connector.Sources.Select(source => (connector, source))),
            pair =>
            {
                Assert.NotEmpty(pair.source.StandsFor);
                Assert.All(pair.source.StandsFor, name => Assert.Equal(Sallyport.Core.Tools.ToolAccess.Read, pair.connector.Tools.Single(tool => tool.Name == name).Access));
                Assert.StartsWith(pair.source.StandsFor[0].Split('_')[0], pair.source.Tool.Name, StringComparison.Ordinal);
            });

    [Fact]
    public void Whoever_knows_hosts_says_what_kind_of_look_it_has()
        => Assert.All(BuiltInConnectors.All.SelectMany(connector => connector.Sources), source => Assert.Equal(source.Kind == SourceKind.Hosts, source.Looks is not null));

    [Fact]
    public void Only_who_looks_for_indicators_says_for_which()
        => Assert.All(BuiltInConnectors.All.SelectMany(connector => connector.Sources), source => Assert.Equal(source.Kind == SourceKind.Indicators, source.Observables.Count > 0));
}
