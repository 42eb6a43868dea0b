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
