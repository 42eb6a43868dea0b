using System.Text.Json;

namespace Sallyport.EndToEnd.Commands;

public sealed class SimulateCommandTests : IDisposable
{
    private readonly SallyportProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task The_simulators_say_in_one_line_of_json_where_they_are_and_answer_there()
    {
        using var process = _program.Start("simulate", "--seed", "7", "--devices", "25");
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

            using var document = JsonDocument.Parse(line!);
            Assert.Equal(25, document.RootElement.GetProperty("devices").GetInt32());
            var platforms = document.RootElement.GetProperty("platforms").EnumerateObject().ToList();
            Assert.NotEmpty(platforms);
            using var client = new HttpClient();
            foreach (var platform in platforms)
            {
                using var answer = await client.GetAsync(platform.Value.GetProperty("baseUrl").GetString() + "/nothing-here", TestContext.Current.CancellationToken);
                Assert.InRange((int)answer.StatusCode, 400, 499);
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Fifty_thousand_devices_are_told_page_by_page_in_bounded_memory()
    {
        const long Bound = 256L << 20;
        using var process = _program.Start("simulate", "--seed", "7", "--devices", "50000");
        try
        {
            using var document = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
            var eset = document.RootElement.GetProperty("platforms").GetProperty("eset");
            using var client = new HttpClient { BaseAddress = new Uri(eset.GetProperty("baseUrl").GetString()!) };
            var signIn = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "password",
                ["username"] = eset.GetProperty("user").GetString()!,
                ["password"] = eset.GetProperty("password").GetString()!,
                ["refresh_token"] = "",
            });
            using var granted = await client.PostAsync("/oauth/token", signIn, TestContext.Current.CancellationToken);
            client.DefaultRequestHeaders.Authorization = new("Bearer", (await ReadAsync(granted)).GetProperty("access_token").GetString());

            HashSet<string> devices = [];
            for (var token = ""; token is not null;)
            {
                using var answer = await client.GetAsync($"/v1/devices?pageSize=1000{(token.Length > 0 ? $"&pageToken={token}" : "")}", TestContext.Current.CancellationToken);
                var page = await ReadAsync(answer);
                devices.UnionWith(page.GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("uuid").GetString()!));
                token = page.GetProperty("nextPageToken").GetString() is { Length: > 0 } next ? next : null;
            }

            process.Refresh();
            Assert.InRange(devices.Count, 40_000, 50_000);
            Assert.InRange(process.PeakWorkingSet64, 1, Bound);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
        => JsonElement.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("--listen", "0.0.0.0:0", "loopback")]
    [InlineData("--devices", "3", "from 25 to 50000")]
    [InlineData("--fault", "slow:2", "from 0 to 1")]
    [InlineData("--fault", "fire", "There is no fault 'fire'")]
    public async Task An_option_that_makes_no_sense_is_refused(string option, string value, string reason)
    {
        var run = await _program.RunAsync("simulate", option, value);

        Assert.Equal(2, run.Code);
        Assert.Contains(reason, run.Error);
        Assert.Empty(run.Output);
    }
}
