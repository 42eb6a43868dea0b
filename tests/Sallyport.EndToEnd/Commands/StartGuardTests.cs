using System.Net;
using System.Net.Sockets;

namespace Sallyport.EndToEnd.Commands;

/// <summary>The start-up guards of a gate that a user of the DefectDojo reference server starts with the variables that server knew.</summary>
public sealed class StartGuardTests : IDisposable
{
    private const string Key = "the-key-of-defectdojo-0123456789abcdef01";
    private const string Token = "token-of-the-pipeline-0123";

    private readonly SallyportProgram _program = new();
    private readonly TcpListener _port = new(IPAddress.Loopback, 0);

    public StartGuardTests()
    {
        _port.Start();
        _program.Variables["DEFECTDOJO_URL"] = "https://dojo.example";
        _program.Variables["DEFECTDOJO_API_KEY"] = Key;
        _program.Variables["FASTMCP_TRANSPORT"] = "http";
        _program.Variables["FASTMCP_PORT"] = $"{((IPEndPoint)_port.LocalEndpoint).Port}";
        _program.Variables["MCP_ROLE_CI"] = $"{Token}:writer";
        _program.Variables["AUDIT_HMAC_KEY"] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    }

    public void Dispose()
    {
        _port.Dispose();
        _program.Dispose();
    }

    [Theory]
    [InlineData("G1", "DEFECTDOJO_URL=", "DEFECTDOJO_URL https:// ALLOW_INSECURE_HTTP")]
    [InlineData("G1", "DEFECTDOJO_URL=dojo.example", "DEFECTDOJO_URL https:// ALLOW_INSECURE_HTTP")]
    [InlineData("G1", "DEFECTDOJO_URL=http://dojo.example", "DEFECTDOJO_URL https:// ALLOW_INSECURE_HTTP")]
    [InlineData("G2", "DEFECTDOJO_API_KEY=", "DEFECTDOJO_API_KEY DEFECTDOJO_READ_API_KEY DEFECTDOJO_WRITE_API_KEY")]
    [InlineData("G3", "MCP_ROLE_CI=", "MCP_ROLE_<NAME> REQUIRE_AUTH")]
    [InlineData("G4", "AUDIT_HMAC_KEY=", "AUDIT_HMAC_KEY http REQUIRE_AUDIT_HMAC_KEY")]
    [InlineData("G5", "FASTMCP_TRANSPORT=pigeon", "FASTMCP_TRANSPORT stdio")]
    [InlineData("G5", "MUTATION_RATE_LIMIT=many", "MUTATION_RATE_LIMIT")]
    [InlineData("G5", "REQUIRE_AUTH=maybe", "REQUIRE_AUTH true")]
    [InlineData("G6", "MCP_ROLE_CI=only-a-token", "MCP_ROLE_CI")]
    [InlineData("G6", "MCP_ROLE_CI=another-token-012345:root", "MCP_ROLE_CI")]
    [InlineData("G6", "MCP_ROLE_CI=:reader", "MCP_ROLE_CI")]
    [InlineData("G6", "MCP_READ_TOKEN=token-of-the-pipeline-0123", "callers")]
    [InlineData("G7", "AUDIT_HMAC_KEY=too-short", "AUDIT_HMAC_KEY 32")]
    [InlineData("G8", "AUDIT_LOG_HTTPS_URL=http://siem.example", "AUDIT_LOG_HTTPS_URL https")]
    [InlineData("G8", "AUDIT_LOG_SYSLOG=carrier://pigeon", "AUDIT_LOG_SYSLOG")]
    [InlineData("G8", "AUDIT_LOG_SYSLOG_CA=/no/such/file", "AUDIT_LOG_SYSLOG_CA")]
    [InlineData("G8", "AUDIT_LOG_FILE=/dev/null/audit.log", "/dev/null/audit.log")]
    [InlineData("G9", "IMPORT_ROOT=/dev/null/reports", "IMPORT_ROOT")]
    public async Task What_must_not_be_served_ends_before_the_port_is_touched_names_the_way_out_and_no_secret(string guard, string change, string words)
    {
        var (name, value) = (change[..change.IndexOf('=')], change[(change.IndexOf('=') + 1)..]);
        _program.Variables[name] = value;

        var run = await _program.RunAsync("serve");

        Assert.True(run.Code == 2, $"{guard}: {run.Code} {run.Error}");
        Assert.Empty(run.Output);
        Assert.All(words.Split(' '), word => Assert.Contains(word, run.Error, StringComparison.Ordinal));
        Assert.All([Key, Token, "another-token-012345", "only-a-token", "too-short", "Serving MCP", "in use"], text => Assert.DoesNotContain(text, run.Error, StringComparison.Ordinal));
        Assert.False(_port.Pending());
    }

    [Theory]
    [InlineData("AUDIT_HMAC_KEY=", "REQUIRE_AUDIT_HMAC_KEY=false", "AUDIT_HMAC_KEY")]
    [InlineData("MCP_ROLE_CI=", "REQUIRE_AUTH=false", "without proving who it is")]
    public async Task What_an_operator_lets_go_on_purpose_starts_with_a_warning(string without, string allowed, string warning)
    {
        foreach (var change in new[] { without, allowed })
            _program.Variables[change[..change.IndexOf('=')]] = change[(change.IndexOf('=') + 1)..];
        _program.Variables["FASTMCP_PORT"] = "0";
        using var process = _program.Start("serve");
        try
        {
            List<string> said = [];
            while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith("Serving MCP at ", StringComparison.Ordinal))
                said.Add(line);

            Assert.Contains(said, line => line.Contains(warning, StringComparison.Ordinal));
            Assert.False(process.HasExited);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Over_standard_input_neither_callers_nor_an_audit_key_are_asked_for()
    {
        foreach (var name in new[] { "FASTMCP_TRANSPORT", "FASTMCP_PORT", "MCP_ROLE_CI", "AUDIT_HMAC_KEY" })
            _program.Variables.Remove(name);

        var run = await _program.RunAsync("serve");

        Assert.Equal(0, run.Code);
    }
}
