using Sallyport.Connectors.DefectDojo;
using Sallyport.Core;
using Sallyport.Core.Settings;

namespace Sallyport.Tests.Connectors.DefectDojo;

/// <summary>The start-up guards that are about DefectDojo itself; those about callers and the audit are the program's.</summary>
public sealed class StartGuardTests
{
    private static readonly (string, string)[] Good = [("DEFECTDOJO_URL", "https://dojo.example"), ("DEFECTDOJO_API_KEY", "the-secret-key")];

    [Theory]
    [InlineData("DEFECTDOJO_URL", "http://dojo.example")]
    [InlineData("DEFECTDOJO_URL", "https://user:word@dojo.example")]
    [InlineData("DEFECTDOJO_URL", "https://dojo.example/?a=1")]
    [InlineData("DEFECTDOJO_URL", "https://dojo.example/#a")]
    [InlineData("DEFECTDOJO_URL", "dojo.example")]
    [InlineData("DEFECTDOJO_URL", "ftp://dojo.example")]
    [InlineData("DEFECTDOJO_URL", "")]
    [InlineData("ALLOW_INSECURE_HTTP", "maybe")]
    [InlineData("DEFECTDOJO_TIMEOUT_SECS", "0")]
    [InlineData("DEFECTDOJO_TIMEOUT_SECS", "601")]
    [InlineData("DEFECTDOJO_TIMEOUT_SECS", "0x10")]
    [InlineData("DEFECTDOJO_IMPORT_TIMEOUT_SECS", "3601")]
    [InlineData("DEFECTDOJO_MAX_RESPONSE_BYTES", "-1")]
    [InlineData("IMPORT_MAX_BYTES", "104857601")]
    [InlineData("IMPORT_ROOT", "/no/such/directory")]
    [InlineData("INSTRUCTION_DETECTION", "off")]
    public void A_variable_that_makes_no_sense_stops_the_start_and_is_named_without_its_value(string name, string value)
    {
        var refusal = Assert.Single(Import([.. Good.Where(pair => pair.Item1 != name), (name, value)]).Refusals);

        Assert.Contains(name, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret-key", refusal, StringComparison.Ordinal);
        if (value.Length > 5)
            Assert.DoesNotContain(value, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_guard_names_the_way_out()
    {
        var refusal = Assert.Single(Import(("DEFECTDOJO_URL", "http://dojo.example"), ("DEFECTDOJO_API_KEY", "k")).Refusals);

        Assert.All(["DEFECTDOJO_URL", "https://", "ALLOW_INSECURE_HTTP"], word => Assert.Contains(word, refusal, StringComparison.Ordinal));
        Assert.Empty(Import(("DEFECTDOJO_URL", "http://dojo.example"), ("DEFECTDOJO_API_KEY", "k"), ("ALLOW_INSECURE_HTTP", "YES")).Refusals);
    }

    [Theory]
    [InlineData("")]
    [InlineData("DEFECTDOJO_WRITE_API_KEY")]
    public void Without_a_key_to_read_with_nothing_starts_and_all_three_are_named(string only)
    {
        var import = only.Length == 0 ? Import(("DEFECTDOJO_URL", "https://dojo.example")) : Import(("DEFECTDOJO_URL", "https://dojo.example"), (only, "k"));

        var refusal = Assert.Single(import.Refusals);
        Assert.All(["DEFECTDOJO_API_KEY", "DEFECTDOJO_READ_API_KEY", "DEFECTDOJO_WRITE_API_KEY"], name => Assert.Contains(name, refusal, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("A", "A", "A")]
    [InlineData("R W", "R", "W")]
    [InlineData("A R W", "R", "W")]
    [InlineData("A R", "R", "A")]
    [InlineData("A W", "A", "W")]
    [InlineData("R", "R", null)]
    public void Reads_and_changes_each_take_the_key_that_is_meant_for_them(string given, string read, string? write)
    {
        Secret? Key(string letter) => given.Split(' ').Contains(letter) ? new Secret(letter) : null;
        var settings = new DefectDojoSettings("https://dojo.example", Key("A"), Key("R"), Key("W"));

        Assert.Equal((read, write), (settings.KeyForReads!.Reveal(), settings.KeyForWrites?.Reveal()));
    }

    [Fact]
    public void A_superfluous_key_and_the_path_of_the_interface_are_warned_about()
    {
        var import = Import(("DEFECTDOJO_URL", "https://dojo.example/prefix/api/v2/"), ("DEFECTDOJO_API_KEY", "a"), ("DEFECTDOJO_READ_API_KEY", "r"), ("DEFECTDOJO_WRITE_API_KEY", "w"));

        Assert.Equal(2, import.Warnings.Count);
        Assert.Contains(import.Settings, setting => setting.Value == "https://dojo.example/prefix");
    }

    private static SettingsImport Import(params (string Name, string Value)[] variables)
    {
        var import = new SettingsImport(variables.ToDictionary(variable => variable.Name, variable => variable.Value));
        new DefectDojoConnector().ImportEnvironment(import);
        return import;
    }
}
