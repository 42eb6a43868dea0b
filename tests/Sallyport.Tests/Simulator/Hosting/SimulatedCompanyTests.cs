using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.World;

namespace Sallyport.Tests.Simulator.Hosting;

public class SimulatedCompanyTests
{
    [Fact]
    public async Task It_listens_on_loopback_and_says_where_and_how_to_sign_in_on_one_line()
    {
        await using var company = await SimulatedCompany.StartAsync(new() { Seed = 5, Devices = 30 });

        var line = company.Describe();
        var description = JsonElement.Parse(line);

        Assert.DoesNotContain('\n', line);
        Assert.Equal((5, 30), (description.GetProperty("seed").GetInt32(), description.GetProperty("devices").GetInt32()));
        foreach (var platform in company.Platforms)
        {
            var said = description.GetProperty("platforms").GetProperty(platform.Name);
            Assert.True(platform.BaseUrl.IsLoopback);
            Assert.Equal(platform.BaseUrl, new(said.GetProperty("baseUrl").GetString()!));
            Assert.All(platform.Credentials, credential => Assert.Equal(credential.Value, said.GetProperty(credential.Key).GetString()));
        }
    }

    [Fact]
    public async Task An_address_that_others_can_reach_is_refused()
        => await Assert.ThrowsAsync<ArgumentException>(() => SimulatedCompany.StartAsync(new() { Listen = new(IPAddress.Any, 0) }));

    [Fact]
    public async Task The_ports_of_the_unpatched_server_are_open_and_name_their_product()
    {
        await using var company = await SimulatedCompany.StartAsync(new() { Platforms = [] });

        var ssh = await AskAsync(company, "ssh", "");
        var web = await AskAsync(company, "http", "GET / HTTP/1.0\r\n\r\n");
        var mail = await AskAsync(company, "smtp", "EHLO x\r\nQUIT\r\n");

        Assert.StartsWith("SSH-2.0-OpenSSH_8.4p1", ssh, StringComparison.Ordinal);
        Assert.Contains("Server: Apache/2.4.49", web, StringComparison.Ordinal);
        Assert.Matches("^220 .*ESMTP Postfix\r\n250 ", mail);
        Assert.Equal(company.World.Device(Cast.WebServer).Services.Select(s => s.Port), company.Services.Select(s => s.StoryPort));
    }

    [Fact]
    public async Task Nothing_listens_any_more_once_it_is_disposed_of()
    {
        var company = await SimulatedCompany.StartAsync(new());
        var ports = company.Platforms.Select(p => p.BaseUrl.Port).Concat(company.Services.Select(s => s.EndPoint.Port)).ToList();

        await company.DisposeAsync();

        foreach (var port in ports)
        {
            using var client = new TcpClient();
            await Assert.ThrowsAnyAsync<SocketException>(() => client.ConnectAsync(IPAddress.Loopback, port));
        }
    }

    [Fact]
    public async Task HTTPS_is_served_with_the_certificate_that_the_company_shows()
    {
        await using var company = await SimulatedCompany.StartAsync(new() { Https = true, OpenPorts = false, Platforms = [Platform.Vectra] });
        using var http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == company.Certificate!.GetCertHashString(),
            },
        });

        using var answer = await http.GetAsync(new Uri(company[Platform.Vectra].BaseUrl, "/api/v3.4/health"));

        Assert.Equal(("https", HttpStatusCode.Unauthorized), (company[Platform.Vectra].BaseUrl.Scheme, answer.StatusCode));
    }

    [Fact]
    public async Task Faults_given_at_the_start_are_on_for_every_platform()
    {
        await using var company = await SimulatedCompany.StartAsync(new() { Faults = [new(Fault.Throttled)], OpenPorts = false });
        using var http = new HttpClient();

        foreach (var platform in company.Platforms)
        {
            using var answer = await http.GetAsync(platform.BaseUrl);
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        }
    }

    private static async Task<string> AskAsync(SimulatedCompany company, string service, string question)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(company.Services.Single(s => s.Name == service).EndPoint);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(question));
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }
}
