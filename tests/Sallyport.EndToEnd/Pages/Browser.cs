using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sallyport.EndToEnd.Pages;

/// <summary>A real Chromium without a window and without scripts, driven over the WebDriver protocol.</summary>
internal sealed partial class Browser : IAsyncDisposable
{
    private const string Driver = "/usr/bin/chromedriver";
    private const string ElementKey = "element-6066-11e4-a52e-4f735466cecf";

    private readonly Process _driver;
    private readonly HttpClient _http;
    private readonly DirectoryInfo _profile;
    private string _session = "";

    private Browser(Process driver, HttpClient http, DirectoryInfo profile) => (_driver, _http, _profile) = (driver, http, profile);

    /// <summary>Why there is no browser; null when there is one.</summary>
    public static string? Missing => File.Exists(Driver) ? null : "chromedriver is not installed; eng/prerequisites.sh brings it.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Browser> StartAsync()
    {
        var driver = Process.Start(new ProcessStartInfo(Driver, "--port=0") { RedirectStandardOutput = true })!;
        string? line;
        do
            line = await driver.StandardOutput.ReadLineAsync(Token);
        while (line is not null && !Port().IsMatch(line));
        var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port().Match(line!).Groups[1].Value}/") };
        var browser = new Browser(driver, http, Directory.CreateTempSubdirectory("sallyport-chromium-"));
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--window-size=900,1100", $"--user-data-dir={browser._profile.FullName}",
        ];
        var options = new JsonObject
        {
            ["args"] = new JsonArray([.. arguments.Select(argument => (JsonNode)argument)]),
            ["prefs"] = new JsonObject { ["profile.managed_default_content_settings.javascript"] = 2 },
        };
        var session = await browser.SendAsync(HttpMethod.Post, "session", new JsonObject
        {
            ["capabilities"] = new JsonObject { ["alwaysMatch"] = new JsonObject { ["browserName"] = "chrome", ["goog:chromeOptions"] = options, ["goog:loggingPrefs"] = new JsonObject { ["browser"] = "ALL" } } },
        });
        browser._session = $"session/{session.GetProperty("sessionId").GetString()}/";
        return browser;
    }

    public Task OpenAsync(Uri address) => InSessionAsync("url", new JsonObject { ["url"] = address.AbsoluteUri });

    public async Task TypeAsync(string selector, string text) => await InSessionAsync($"element/{await FindAsync(selector)}/value", new JsonObject { ["text"] = text });

    public async Task ClickAsync(string selector) => await InSessionAsync($"element/{await FindAsync(selector)}/click", []);

    public async Task<string> TextAsync(string selector) => (await GetAsync($"element/{await FindAsync(selector)}/text")).GetString()!;

    /// <summary>Waits for a page on which it says so: after a click, the page before may still be there for a moment.</summary>
    public async Task WaitForAsync(string selector, string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await SaysAsync(selector, text))
            await Task.Delay(100, patience.Token);
    }

    public async Task<string> StyleAsync(string selector, string property) => (await GetAsync($"element/{await FindAsync(selector)}/css/{property}")).GetString()!;

    public async Task<int> CountAsync(string selector) => (await InSessionAsync("elements", By(selector))).GetArrayLength();

    /// <summary>What the browser complained about, violations of the content policy among them.</summary>
    public async Task<IReadOnlyList<string>> ComplaintsAsync()
        => [.. (await InSessionAsync("se/log", new JsonObject { ["type"] = "browser" })).EnumerateArray().Select(entry => entry.GetProperty("message").GetString()!)];

    public Task PreferAsync(string scheme) => InSessionAsync("goog/cdp/execute", new JsonObject
    {
        ["cmd"] = "Emulation.setEmulatedMedia",
        ["params"] = new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }) },
    });

    public async Task<byte[]> ScreenshotAsync() => (await GetAsync("screenshot")).GetBytesFromBase64();

    public async ValueTask DisposeAsync()
    {
        if (_session.Length > 0)
            await SendAsync(HttpMethod.Delete, _session.TrimEnd('/'), null);
        _http.Dispose();
        _driver.Kill(entireProcessTree: true);
        _driver.Dispose();
        _profile.Delete(recursive: true);
    }

    private async Task<bool> SaysAsync(string selector, string text)
    {
        foreach (var element in (await InSessionAsync("elements", By(selector))).EnumerateArray())
        {
            using var answer = await _http.GetAsync($"{_session}element/{element.GetProperty(ElementKey).GetString()}/text", CancellationToken.None);
            if (answer.IsSuccessStatusCode && (await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("value").GetString()!.Contains(text, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static JsonObject By(string selector) => new() { ["using"] = "css selector", ["value"] = selector };

    private async Task<string> FindAsync(string selector) => (await InSessionAsync("element", By(selector))).GetProperty(ElementKey).GetString()!;

    private Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, _session + path, null);

    private Task<JsonElement> InSessionAsync(string path, JsonObject body) => SendAsync(HttpMethod.Post, _session + path, body);

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
        using var answer = await _http.SendAsync(request, CancellationToken.None);
        var value = (await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("value");
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {value}");
        return value;
    }

    [GeneratedRegex("started successfully on port ([0-9]+)")]
    private static partial Regex Port();
}
