using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sallyport.Connectors.Eset;
using Sallyport.Core;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting.Http;
using Sallyport.Hosting.Http.Door;
using Sallyport.Simulator.Hosting;
using Sallyport.Tests.Mcp;

namespace Sallyport.Bench;

/// <summary>What an analyst's agent asks most: a page of 1,000 devices, of which three members each matter. And what ESET's tools cost a model to read.</summary>
internal static class EsetBench
{
    private const string Token = "bench-token-0123456789";
    private const string Arguments = ",\"name\":\"eset_devices_list\",\"arguments\":{\"pageSize\":1000,\"fields\":[\"uuid\",\"displayName\",\"lastSyncTime\"]}";

    /// <summary>What the reference server's list of tools weighs, reading only and all.</summary>
    private const int ReferenceReadBytes = 103_359;
    private const int ReferenceAllBytes = 259_761;

    public static async Task RunAsync()
    {
        var (page, login) = (await PageAsync(), "{\"access_token\":\"bench\",\"expires_in\":3600}"u8.ToArray());
        var (upstream, address) = await BareServers.StartAsync(http => BareServers.Answer(http.Request.Path == "/oauth/token" ? login : page)(http));
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });
        var (passing, passingAddress) = await BareServers.StartAsync(BareServers.PassOn(client, address));
        var connector = new EsetConnector();
        var settings = connector.Settings.Read(Encoding.UTF8.GetBytes(
            $$"""{"user":"bench","password":"bench","requestsPerSecond":0,"simulatorUrl":"{{address.GetLeftPart(UriPartial.Authority)}}"}"""));
        await using var gate = await TestGate.StartAsync([connector], CancellationToken.None, settings);
        var tokens = new TokenDirectory([(new Secret(Token), TestGate.Reader)]);
        await using var host = await HttpHost.StartAsync(
            gate.Parts, new HttpOptions(new IPEndPoint(IPAddress.Loopback, 0), new BearerCallers(tokens).FindAsync), CancellationToken.None);

        var limit = await Load.RunAsync(passingAddress, EdgeBench.Body("tools/call", Arguments), EdgeBench.Headers("tools/call", "eset_devices_list"));
        limit.Print($"bare pass-on of 1,000 devices ({page.Length / 1024} KiB)");
        (await Load.RunAsync(new Uri(host.Address, "mcp"), EdgeBench.Body("tools/call", Arguments), EdgeBench.Headers("tools/call", "eset_devices_list")))
            .Print("eset_devices_list, 1,000 rows to 3 fields", limit);
        PrintCatalogue(gate);
        await upstream.DisposeAsync();
        await passing.DisposeAsync();
    }

    private static async Task<byte[]> PageAsync()
    {
        await using var company = await SimulatedCompany.StartAsync(new() { Devices = 1000, OpenPorts = false, Platforms = [Platform.Eset] });
        using var client = new HttpClient { BaseAddress = company[Platform.Eset].BaseUrl };
        using var form = new FormUrlEncodedContent([new("grant_type", "password"), new("username", company.Eset.User), new("password", company.Eset.Password), new("refresh_token", "")]);
        using var login = await client.PostAsync(new Uri("/oauth/token", UriKind.Relative), form);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonElement.Parse(await login.Content.ReadAsByteArrayAsync()).GetProperty("access_token").GetString());
        return await client.GetByteArrayAsync(new Uri("/v1/devices?pageSize=1000", UriKind.Relative));
    }

    /// <summary>As a client gets it; a token is taken to be four bytes.</summary>
    private static void PrintCatalogue(TestGate gate)
    {
        foreach (var (caller, reference) in new[] { (TestGate.Reader, ReferenceReadBytes), (TestGate.Writer with { Role = "admin" }, ReferenceAllBytes) })
        {
            var bytes = gate.Parts.Listing.For(caller).Utf8.Length;
            Console.WriteLine($"{$"ESET tools/list, {caller.Role}: bytes, tokens (goal 0.50)",-46}{bytes,10}{bytes / 4,9}{"",16}{(double)bytes / reference,8:F2}");
        }
    }
}
