using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.Vectra;

namespace Sallyport.Tests.Simulator;

/// <summary>A running Vectra simulator and a plain HTTP client that is signed in to it.</summary>
internal sealed class SimulatedVectra : IAsyncDisposable
{
    private readonly SimulatedCompany _company;

    private SimulatedVectra(SimulatedCompany company)
    {
        _company = company;
        Http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Running.BaseUrl };
    }

    public HttpClient Http { get; }

    public RunningPlatform Running => _company[Platform.Vectra];

    public VectraControls Controls => _company.Vectra;

    public static async Task<SimulatedVectra> StartAsync(SimulatorOptions? options = null)
    {
        var vectra = new SimulatedVectra(await SimulatedCompany.StartAsync((options ?? new()) with { OpenPorts = false, Platforms = [Platform.Vectra] }));
        await vectra.SignInAsync();
        return vectra;
    }

    public async Task<JsonElement> SignInAsync(params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/token");
        var fields = form.Length > 0 ? form : [("grant_type", "client_credentials")];
        request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Controls.ClientId}:{Controls.ClientSecret}"));
        if (form.Length == 0)
            request.Headers.Authorization = new("Basic", pair);
        using var response = await Http.SendAsync(request);
        var tokens = JsonElement.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());
        return tokens;
    }

    /// <summary>GET below /api/v3.4, which must succeed.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Http.GetAsync("/api/v3.4" + path);
        return JsonElement.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    /// <summary>A request below /api/v3.4 with a JSON body, whatever comes of it.</summary>
    public async Task<(int Status, string Body)> SendAsync(string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new(method), "/api/v3.4" + path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _company.DisposeAsync();
    }
}
