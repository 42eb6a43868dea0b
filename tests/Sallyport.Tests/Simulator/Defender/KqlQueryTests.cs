using Sallyport.Simulator.Defender.Kql;

namespace Sallyport.Tests.Simulator.Defender;

public sealed class KqlQueryTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 11, 12, 0, 0, TimeSpan.Zero);

    private static readonly HuntTable Table = new(
        [new("Timestamp", "DateTime"), new("Name", "String"), new("Size", "Int64")],
        [[Now.AddHours(-1), "powershell.exe", 3L], [Now.AddHours(-5), "cmd.exe", 1L], [Now.AddDays(-2), "PowerShell.exe", 2L]]);

    [Theory]
    [InlineData("T | count", "3")]
    [InlineData("T | where Size > 1 | count", "2")]
    [InlineData("T | where Name == 'powershell.exe' | count", "1")]
    [InlineData("T | where Name =~ 'powershell.exe' | count", "2")]
    [InlineData("T | where Name has 'cmd' and not(Name has 'shell') | count", "1")]
    [InlineData("T | where Name contains 'shell' or Size == 1 | count", "3")]
    [InlineData("T | where Name !startswith 'power' | count", "1")]
    [InlineData("T | where Name in ('cmd.exe', 'x') | count", "1")]
    [InlineData("T | where Name !in~ ('POWERSHELL.EXE') | count", "1")]
    [InlineData("T | where Timestamp > ago(6h) | count", "2")]
    [InlineData("T | where Timestamp between (ago(6h) .. now()) | count", "2")]
    [InlineData("T | where Timestamp >= datetime(2026-05-11T07:00:00Z) | count", "2")]
    [InlineData("T | project Name, Double = Size + Size | sort by Double asc | take 1", "cmd.exe,2")]
    [InlineData("T | top 1 by Size | project Name", "powershell.exe")]
    [InlineData("T | summarize n = count(), max(Size) by tolower(Name) | sort by n", "powershell.exe,2,3;cmd.exe,1,1")]
    [InlineData("T | distinct Name | count", "3")]
    [InlineData("T | extend Kind = strcat('a', Name) | where Kind endswith '.exe' | project Kind | take 1", "apowershell.exe")]
    [InlineData("union T, (T | where Size == 1) | count", "4")]
    [InlineData("T | join kind=inner (T | where Size == 1 | project Name, Low = Size) on Name | project Name, Low", "cmd.exe,1")]
    [InlineData("T | where Size < 3 | join kind=leftouter (T | where Size == 1 | project Name, Low = Size) on Name | project Name1, Low", "cmd.exe,1;,")]
    [InlineData("let limit = 2; let small = T | where Size < limit; small | project Name", "cmd.exe")]
    [InlineData("let names = dynamic(['cmd.exe']); T | where Name in (names) | count // .drop", "1")]
    [InlineData("print 1, x = 'a\\'b', @'c:\\'", "1,a'b,c:\\")]
    public void A_query_is_run(string query, string expected)
        => Assert.Equal(expected, string.Join(';', Run(query).Rows.Select(row => string.Join(',', row.Select(KqlValue.Text)))));

    [Theory]
    [InlineData("Unknown | take 1", "named 'Unknown'")]
    [InlineData("T | where Nme == 1", "named 'Nme'")]
    [InlineData("T | mv-expand x", "unknown operator")]
    [InlineData("T | where frobnicate(Name)", "Unknown function")]
    [InlineData("T | where Name == 'x", "not terminated")]
    [InlineData("T | where", "unexpected")]
    [InlineData("T take 5", "unexpected 'take'")]
    [InlineData(".show tables", "expected a name")]
    [InlineData("T | where Name > 5", "different types")]
    public void What_it_does_not_understand_it_refuses(string query, string reason)
        => Assert.Contains(reason, Assert.Throws<KqlRefusal>(() => Run(query).Rows.ToList()).Message, StringComparison.Ordinal);

    private static HuntTable Run(string query) => KqlQuery.Run(query, new KqlScope(Now, name => name == "T" ? Table : null));
}
