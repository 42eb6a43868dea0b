using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sallyport.Configuration;
using Sallyport.Connectors.Defender;

namespace Sallyport.Tests.Connectors.Defender;

/// <summary>From the variables of the reference server to settings, as the program loads them.</summary>
public sealed class DefenderSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tenants_file_becomes_tenants_with_the_keys_as_they_are_written()
    {
        var loaded = Load(("MCP_DEFENDER_XDR_TENANTS_FILE", File("a-b", "A_B2", "Contoso")), ("DEFENDER_MAX_FAN_OUT", "12"), ("MCP_DEFENDER_XDR_LOG_LEVEL", "DEBUG"));

        Assert.Empty(loaded.Problems);
        Assert.Equal(["A_B2", "Contoso", "a-b"], loaded.Settings!.Tenants.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("a-b", 12), (loaded.Settings.DefaultTenant, loaded.Settings.Limits.FanOut));
        Assert.IsType<DefenderSettings>(loaded.Settings.Tenants["Contoso"].Connectors["defender"]);
    }

    [Fact]
    public void Keys_that_differ_only_in_a_dash_stay_two_tenants()
        => Assert.Equal(2, Load(("MCP_DEFENDER_XDR_TENANTS_FILE", File("ab", "a-b"))).Settings!.Tenants.Count);

    [Fact]
    public void The_single_tenants_variables_become_the_tenant_default()
    {
        var loaded = Load(("AZURE_TENANT_ID", Some.DirectoryId), ("AZURE_CLIENT_ID", Some.ClientId), ("AZURE_CERT_PATH", Pfx()), ("AZURE_CERT_PASSPHRASE", "pass"));

        Assert.Empty(loaded.Problems);
        Assert.Equal("https://graph.microsoft.com", ((DefenderSettings)loaded.Settings!.Tenants["default"].Connectors["defender"]).ApiBase);
    }

    [Theory]
    [InlineData("DEFENDER_API_BASE", "https://zugzwang.example", "apiBase")]
    [InlineData("DEFENDER_API_BASE", "http://graph.microsoft.com", "apiBase")]
    [InlineData("AZURE_AUTHORITY_HOST", "https://login.zugzwang.example", "authorityHost")]
    [InlineData("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us", "authorityHost")]
    [InlineData("AZURE_TENANT_ID", "../zugzwang", "tenantId")]
    [InlineData("AZURE_CLIENT_ID", "zugzwang", "clientId")]
    [InlineData("AZURE_CERT_PASSPHRASE", "zugzwang", "certificate")]
    [InlineData("AZURE_CERT_PATH", "/nonexistent/a.pfx", "certificate.path")]
    [InlineData("DEFENDER_MAX_ROWS", "0", "maxRows")]
    [InlineData("DEFENDER_API_FLAVOR", "legacy", "apiFlavor")]
    [InlineData("DEFENDER_MAX_FAN_OUT", "21", "fanOut")]
    public void What_must_not_start_is_a_problem_at_its_place_without_its_value(string variable, string value, string place)
    {
        var variables = new Dictionary<string, string>
        {
            ["AZURE_TENANT_ID"] = Some.DirectoryId,
            ["AZURE_CLIENT_ID"] = Some.ClientId,
            ["AZURE_CERT_PATH"] = Pfx(),
            ["AZURE_CERT_PASSPHRASE"] = "pass",
            [variable] = value,
        };

        var loaded = Load([.. variables.Select(pair => (pair.Key, pair.Value))]);

        Assert.Contains(loaded.Problems, problem => problem.Path.Contains(place, StringComparison.Ordinal));
        Assert.DoesNotContain(loaded.Problems, problem => problem.ToString().Contains("zugzwang", StringComparison.Ordinal));
    }

    private string Pfx()
    {
        using var certificate = Some.Certificate();
        return _folder.Write("a.pfx", certificate.Export(X509ContentType.Pkcs12, "pass"));
    }

    private string File(params string[] keys)
    {
        using var certificate = Some.Certificate();
        var pfx = _folder.Write("b.pfx", certificate.Export(X509ContentType.Pkcs12));
        var tenants = string.Join(',', keys.Select(key => $"\"{key}\":{{\"tenant_id\":\"{Some.DirectoryId}\",\"client_id\":\"{Some.ClientId}\",\"cert_path\":\"{pfx}\"}}"));
        return _folder.Write("tenants.json", Encoding.UTF8.GetBytes("{\"default\":\"" + keys[0] + "\",\"tenants\":{" + tenants + "}}"));
    }

    private static LoadedSettings Load(params (string Name, string Value)[] variables)
        => new SettingsSource(new SettingsInputs([new DefenderConnector()], variables.ToDictionary(pair => pair.Name, pair => pair.Value), "/nonexistent")).Load();
}
