using System.Text.Json;

namespace Sallyport.EndToEnd.Commands;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly SallyportProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task What_is_looked_at_is_told_as_lines_and_as_json()
    {
        var lines = await _program.RunAsync("doctor");
        var json = await _program.RunAsync("doctor", "--json");

        Assert.Contains("can be written, by its owner only", lines.Output);
        Assert.DoesNotContain("\u001b", lines.Output);
        using var document = JsonDocument.Parse(json.Output);
        Assert.All(document.RootElement.EnumerateArray(), finding => Assert.Contains(finding.GetProperty("health").GetString(), new[] { "well", "weak", "broken" }));
        Assert.Equal(lines.Code, json.Code);
    }

    [Fact]
    public async Task Settings_with_mistakes_are_exit_code_2()
    {
        _program.Write("sallyport.yaml", "mode: rx");

        var run = await _program.RunAsync("doctor", "--json");

        Assert.Equal(2, run.Code);
        Assert.Contains("mode: must be one of", run.Output);
    }
}
