using System.Text;
using Sallyport.Connectors.Defender;
using Sallyport.Core.Settings;

namespace Sallyport.Tests.Connectors.Defender;

public sealed class DefenderImportTests : IDisposable
{
    private const string TwoTenants = """
        {
          "default": "contoso",
          "tenants": {
            "contoso":  { "tenant_id": "11111111-2222-4333-8444-555555555555", "client_id": " c1 ", "cert_path": "/secrets/contoso.pfx", "cert_passphrase_env": "CONTOSO_PASS" },
            "fabrikam": { "tenant_id": "fabrikam.example", "client_id": "c2", "cert_path": "/secrets/fabrikam.pfx" }
          }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_tenant_comes_from_the_variables_of_the_reference_server()
    {
        var import = Import(("AZURE_TENANT_ID", " t "), ("AZURE_CLIENT_ID", "c"), ("AZURE_CERT_PATH", "/a.pfx"), ("AZURE_CERT_PASSPHRASE", " p "), ("DEFENDER_API_BASE", "https://graph.microsoft.us"));

        Assert.Empty(import.Refusals);
        Assert.Equal(
            ["tenants.default.defender.tenantId=t", "tenants.default.defender.clientId=c", "tenants.default.defender.certificate.path=/a.pfx",
             "tenants.default.defender.certificate.passphrase= p ", "tenants.default.defender.apiBase=https://graph.microsoft.us"],
            import.Settings.Select(setting => $"{setting.Path}={setting.Value}"));
    }

    [Fact]
    public void Without_any_of_its_variables_there_is_no_Defender()
    {
        var import = Import(("DEFENDER_API_BASE", "https://graph.microsoft.com"));

        Assert.Empty(import.Settings);
        Assert.Empty(import.Refusals);
    }

    [Fact]
    public void Missing_variables_are_all_named_and_no_value_is()
    {
        var import = Import(("AZURE_TENANT_ID", "zugzwang"), ("AZURE_CLIENT_ID", "  "));

        var refusal = Assert.Single(import.Refusals);
        Assert.Contains("AZURE_CLIENT_ID, AZURE_CERT_PATH", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("zugzwang", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interface_on_this_machine_needs_a_developers_word()
    {
        (string, string)[] tenant = [("AZURE_TENANT_ID", "t"), ("AZURE_CLIENT_ID", "c"), ("AZURE_CERT_PATH", "/a"), ("DEFENDER_API_BASE", "http://127.0.0.1:9")];

        Assert.Contains("DEFENDER_API_BASE", Assert.Single(Import(tenant).Refusals), StringComparison.Ordinal);
        Assert.Empty(Import([.. tenant, ("SALLYPORT_ALLOW_LOOPBACK_UPSTREAM", "true")]).Refusals);
    }

    [Fact]
    public void Several_tenants_come_from_the_tenants_file_and_the_single_ones_variables_are_ignored()
    {
        var import = File(TwoTenants, ("CONTOSO_PASS", "secret one"), ("AZURE_TENANT_ID", "ignored"), ("DEFENDER_MAX_ROWS", "50"));

        Assert.Empty(import.Refusals);
        Assert.Equal(
            ["defaultTenant=contoso",
             "tenants.contoso.defender.tenantId=11111111-2222-4333-8444-555555555555", "tenants.contoso.defender.clientId=c1",
             "tenants.contoso.defender.certificate.path=/secrets/contoso.pfx", "tenants.contoso.defender.certificate.passphrase=secret one", "tenants.contoso.defender.maxRows=50",
             "tenants.fabrikam.defender.tenantId=fabrikam.example", "tenants.fabrikam.defender.clientId=c2",
             "tenants.fabrikam.defender.certificate.path=/secrets/fabrikam.pfx", "tenants.fabrikam.defender.maxRows=50"],
            import.Settings.Select(setting => $"{setting.Path}={setting.Value}"));
    }

    [Fact]
    public void A_tenants_file_that_others_can_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var path = _folder.Write("tenants.json", Encoding.UTF8.GetBytes(TwoTenants), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Contains("chmod 600", Assert.Single(Import((DefenderImport.TenantsFileVariable, path), ("CONTOSO_PASS", "x")).Refusals), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "is not JSON")]
    [InlineData("[]", "'tenants'")]
    [InlineData("""{"default":"a","tenants":{}}""", "at least one")]
    [InlineData("""{"default":"b","tenants":{"a":{"tenant_id":"t","client_id":"c","cert_path":"/p"}}}""", "'default'")]
    [InlineData("""{"tenants":{"a":{"tenant_id":"t","client_id":"c","cert_path":"/p"}}}""", "'default'")]
    [InlineData("""{"default":"a","tenants":{"a":{"tenant_id":"t","client_id":7}}}""", "client_id, cert_path")]
    [InlineData("""{"default":"a","tenants":{"a":"x"}}""", "tenant_id, client_id, cert_path")]
    [InlineData("""{"default":"a b","tenants":{"a b":{"tenant_id":"t","client_id":"c","cert_path":"/p"}}}""", "letters")]
    [InlineData("""{"default":"a\n","tenants":{"a\n":{"tenant_id":"t","client_id":"c","cert_path":"/p"}}}""", "letters")]
    [InlineData("""{"default":"a","tenants":{"a":{"tenant_id":"t","client_id":"c","cert_path":"/p"},"A":{"tenant_id":"t","client_id":"c","cert_path":"/p"}}}""", "but for the case")]
    [InlineData("""{"default":"a","default":"a","tenants":{"a":{"tenant_id":"t","client_id":"c","cert_path":"/p"}}}""", "twice")]
    [InlineData("""{"default":"a","tenants":{"a":{"tenant_id":"t","client_id":"c","cert_path":"/p","cert_passphrase":"zugzwang","cert_passphrase_env":"X"}}}""", "both")]
    [InlineData("""{"default":"a","tenants":{"a":{"tenant_id":"t","client_id":"c","cert_path":"/p","cert_passphrase_env":"UNSET_ONE"}}}""", "UNSET_ONE")]
    public void A_tenants_file_that_breaks_a_rule_is_refused_with_the_reason(string json, string reason)
    {
        var import = File(json);

        Assert.Contains(import.Refusals, refusal => refusal.Contains(reason, StringComparison.Ordinal));
        Assert.DoesNotContain(import.Refusals, refusal => refusal.Contains("zugzwang", StringComparison.Ordinal));
        Assert.Empty(import.Settings);
    }

    [Fact]
    public void A_passphrase_in_the_file_is_accepted_and_warned_about()
    {
        var import = File("""{"default":"a","extra":1,"tenants":{"a":{"tenant_id":"t","client_id":"c","cert_path":"/p","cert_passphrase":"zugzwang"}}}""");

        Assert.Contains(import.Settings, setting => setting.Value == "zugzwang");
        Assert.Contains(import.Warnings, warning => warning.Contains("inline-passphrase", StringComparison.Ordinal) && !warning.Contains("zugzwang", StringComparison.Ordinal));
        Assert.Contains(import.Warnings, warning => warning.Contains("not known", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_tenants_file_is_refused()
        => Assert.Contains("no file", Assert.Single(Import((DefenderImport.TenantsFileVariable, "/nonexistent/tenants.json")).Refusals), StringComparison.Ordinal);

    private SettingsImport File(string json, params (string, string)[] variables)
        => Import([(DefenderImport.TenantsFileVariable, _folder.Write("tenants.json", Encoding.UTF8.GetBytes(json))), .. variables]);

    private static SettingsImport Import(params (string Name, string Value)[] variables)
    {
        var import = new SettingsImport(variables.ToDictionary(variable => variable.Name, variable => variable.Value));
        DefenderImport.Import(import);
        return import;
    }
}
