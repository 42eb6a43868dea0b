using Sallyport.Connectors.Defender;
using Sallyport.Connectors.Defender.Access;
using Sallyport.Core;

namespace Sallyport.Tests.Connectors.Defender.Hunting;

public sealed class SchemaToolTests
{
    private const string Tool = "defender_hunting_schema_get";

    [Theory]
    [InlineData("Graph")]
    [InlineData("Legacy")]
    public async Task A_tables_columns_are_those_that_the_tenant_has(string flavor)
    {
        await using var range = await DefenderRange.StartAsync();

        var schema = await DefenderRange.CallAsync(range.Client(Enum.Parse<ApiFlavor>(flavor)), Tool, """{"table":"DeviceProcessEvents"}""");

        var columns = schema.GetProperty("columns").EnumerateArray().ToDictionary(column => column.GetProperty("name").GetString()!, column => column.GetProperty("type").GetString());
        Assert.Equal(("datetime", "string", "long"), (columns["Timestamp"], columns["DeviceName"], columns["ProcessId"]));
        Assert.Contains("DeviceProcessEvents | getschema", Assert.Single(range.Asked).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_table_the_usual_ones_are_named_and_nobody_is_asked()
    {
        await using var range = await DefenderRange.StartAsync();

        var tables = (await DefenderRange.CallAsync(range.Client(), Tool, "{}")).GetProperty("tables").EnumerateArray().Select(table => table.GetProperty("name").GetString()).ToList();

        Assert.Superset(new HashSet<string?> { "DeviceInfo", "AlertInfo", "EmailEvents", "IdentityLogonEvents" }, tables.ToHashSet());
        Assert.Equal(tables.Count, tables.Distinct().Count());
        Assert.Equal(0, range.Journal.Total);
    }

    [Fact]
    public async Task A_table_that_the_tenant_lacks_is_the_engines_refusal()
    {
        await using var range = await DefenderRange.StartAsync();

        Assert.Equal(UpstreamFailure.Rejected, (await DefenderRange.FailsAsync(range.Client(), Tool, """{"table":"NoSuchTable"}""")).Failure);
    }

    [Theory]
    [InlineData("DeviceInfo | take 1")]
    [InlineData("DeviceInfo; .drop table x")]
    [InlineData("externaldata(a:string)")]
    [InlineData("")]
    public void What_is_no_name_of_a_table_does_not_pass_the_schema(string table)
        => Assert.NotEmpty(new DefenderConnector().Tools.Single(tool => tool.Name == Tool).Input.Validate(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { table })));
}
