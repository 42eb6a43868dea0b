using System.Net.Http.Headers;
using System.Text.Json;
using Sallyport.Tests.Mcp;

namespace Sallyport.EndToEnd.Pages;

/// <summary>A person with a real browser decides about a held call.</summary>
public sealed class ApprovalPageTests
{
    private const string Hostile = "</pre><h1>Approved</h1><script>document.title='owned'</script> \u202Eevil\u200B";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_chromium_without_scripts_a_person_signs_in_sees_hostile_text_as_text_and_approves_in_light_and_in_dark()
    {
        Assert.SkipWhen(Browser.Missing is not null, Browser.Missing ?? "");
        await using var edge = await TestEdge.StartAsync(Token);
        await using var browser = await Browser.StartAsync();
        var arguments = JsonSerializer.Serialize(new { text = Hostile });
        var id = (await CallAsync(edge, arguments)).GetProperty("error").GetProperty("approvalId").GetString();

        await browser.PreferAsync("light");
        await browser.OpenAsync(new Uri(edge.Address, $"approvals/{id}"));
        await KeepAsync(browser, "sign-in-light");
        await browser.TypeAsync("#token", "wrong");
        await browser.ClickAsync("button");
        await browser.WaitForAsync("[role=alert]", "not accepted");
        await browser.TypeAsync("#token", TestEdge.ApproverToken);
        await browser.ClickAsync("button");

        await browser.WaitForAsync("h1", "sample_note_write on contoso");
        Assert.Equal("</pre><h1>Approved</h1><script>document.title='owned'</script> U+202EevilU+200B", await browser.TextAsync(".data pre"));
        Assert.Equal((0, 2), (await browser.CountAsync("script"), await browser.CountAsync("mark")));
        // The style applies, so its digest in the policy is right.
        Assert.Equal("rgba(255, 255, 255, 1)", await browser.StyleAsync("main", "background-color"));
        await KeepAsync(browser, "decide-light");
        await browser.PreferAsync("dark");
        Assert.Equal("rgba(23, 27, 34, 1)", await browser.StyleAsync("main", "background-color"));
        await KeepAsync(browser, "decide-dark");
        await browser.ClickAsync("button[value=approve]");

        await browser.WaitForAsync("h1", "Approved.");
        await KeepAsync(browser, "approved-dark");
        Assert.DoesNotContain(await browser.ComplaintsAsync(), complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
        var ran = await CallAsync(edge, arguments[..^1] + $",\"approval\":\"{id}\"}}");
        Assert.False(ran.TryGetProperty("error", out _), ran.GetRawText());
    }

    /// <summary>Pictures for people to look at, where a run asks for them.</summary>
    private static async Task KeepAsync(Browser browser, string name)
    {
        if (Environment.GetEnvironmentVariable("SALLYPORT_TEST_PICTURES") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.png"), await browser.ScreenshotAsync(), Token);
    }

    private static async Task<JsonElement> CallAsync(TestEdge edge, string arguments)
    {
        using var request = TestEdge.Post("/tools/sample_note_write/execute", arguments);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestEdge.WriterToken);
        return (await edge.SendAsync(request, Token)).Json;
    }
}
