using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sallyport.EndToEnd.Callers;
using Sallyport.Simulator.Hosting;

namespace Sallyport.EndToEnd.Mcp;

/// <summary>Callers who bring an ESET account with each HTTP request, against the program as it ships.</summary>
public sealed class RequestAccountTests
{
    [Fact]
    public async Task An_account_in_the_request_is_let_in_and_what_is_wrong_with_it_is_said_by_status()
    {
        var token = TestContext.Current.CancellationToken;
        await using var company = await SimulatedCompany.StartAsync(new SimulatorOptions { Devices = 40, OpenPorts = false, Platforms = [Platform.Eset] }, token);
        using var program = new SallyportProgram();
        var address = company[Platform.Eset].BaseUrl.GetLeftPart(UriPartial.Authority);
        program.Write("sallyport.yaml", $$"""
            allowLoopbackUpstream: true
            state: { directory: state }
            tenants:
              contoso:
                eset: { simulatorUrl: "{{address}}", requestCredentials: { } }
            """);
        using var serving = program.Start("serve", "--transport", "http", "--listen", "127.0.0.1:0");
        try
        {
            using var client = new HttpClient { BaseAddress = await AddressAsync(serving, token) };
            Task<(HttpStatusCode Status, string Body, string Challenge)> CallAsync(string? pair, string? header = null, string value = "") => SendAsync(
                new HttpRequestMessage(HttpMethod.Post, "tools/eset_devices_list/execute") { Content = new StringContent("""{"pageSize":3}""", Encoding.UTF8, "application/json") }, pair, header, value);
            async Task<(HttpStatusCode Status, string Body, string Challenge)> SendAsync(HttpRequestMessage request, string? pair, string? header = null, string value = "")
            {
                if (pair is not null)
                    request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
                if (header is not null)
                    request.Headers.Add(header, value);
                using var response = await client.SendAsync(request, token);
                return (response.StatusCode, await response.Content.ReadAsStringAsync(token), response.Headers.WwwAuthenticate.ToString());
            }

            var good = $"{company.Eset.User}:{company.Eset.Password}";
            var well = await CallAsync(good);
            var missing = await CallAsync(null);
            var wrong = await CallAsync($"{company.Eset.User}:wrong-password");

            Assert.True(well.Status == HttpStatusCode.OK, well.Body);
            Assert.Equal(3, JsonElement.Parse(well.Body).GetProperty("devices").GetArrayLength());
            Assert.Equal(HttpStatusCode.Unauthorized, missing.Status);
            Assert.Contains("Basic", missing.Challenge, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.BadRequest, (await CallAsync(good, "X-ESET-Region", "mars")).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await CallAsync(good, "X-ESET-CF-Access-Client-Id", "half-a-pair")).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await CallAsync(good, "X-ESET-Server-URL", "https://attacker.example")).Status);
            Assert.Equal(HttpStatusCode.BadGateway, wrong.Status);
            Assert.Contains("upstream_auth", wrong.Body, StringComparison.Ordinal);

            // Whoever only brings an account is nobody of the settings, decides nothing, and learns nothing of others.
            foreach (var path in (string[])["events", "metrics", "approvals", "config"])
                Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), good)).Status);
            var audit = ServedGate.ReadShared(Path.Combine(program.Folder, "state", "audit.jsonl"));
            Assert.Contains($"\"caller\":\"account:{company.Eset.User}@", audit, StringComparison.Ordinal);
        }
        finally
        {
            serving.Kill(entireProcessTree: true);
            await serving.WaitForExitAsync(token);
        }
    }

    private static async Task<Uri> AddressAsync(Process serving, CancellationToken cancellationToken)
    {
        List<string> said = [];
        while (await serving.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            said.Add(line);
            if (line.StartsWith("Serving MCP at ", StringComparison.Ordinal))
                return new Uri(line["Serving MCP at ".Length..].Replace("mcp", "", StringComparison.Ordinal));
        }

        throw new InvalidOperationException($"The program ended: {string.Join('\n', said)}");
    }
}
