using System.Text.Json;
using Sallyport.Simulator.Hosting;

namespace Sallyport.EndToEnd.Mcp;

/// <summary>The official TypeScript client starts the program itself, and its user is asked about a held call over the same two pipes.</summary>
public sealed class StdioElicitationTests : IAsyncLifetime
{
    private readonly SallyportProgram _program = new();
    private SimulatedCompany _company = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
        => _company = await SimulatedCompany.StartAsync(new SimulatorOptions { Devices = 25, OpenPorts = false, Platforms = [Platform.Vectra] }, Cancel);

    public async ValueTask DisposeAsync()
    {
        await _company.DisposeAsync();
        _program.Dispose();
    }

    [Theory]
    [InlineData("legacy", "accept", 2)]
    [InlineData("2026-07-28", "accept", 2)]
    [InlineData("legacy", "decline", 0)]
    [InlineData("2026-07-28", "decline", 0)]
    public async Task Its_user_is_asked_each_time_and_a_yes_runs_the_call_where_policy_lets_it_count(string mode, string answer, int runs)
    {
        var output = await AskAsync(mode, answer, acknowledgement: true);

        Assert.Equal(2, Count(output, "asked: "));
        Assert.Equal((runs, 2 - runs), (Count(output, "ran: "), Count(output, "refused: ")));
        Assert.Equal(runs, _company[Platform.Vectra].Journal.Entries().Count(entry => entry.Method == "PATCH"));
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("2026-07-28")]
    public async Task Where_policy_does_not_its_yes_runs_nothing(string mode)
    {
        var output = await AskAsync(mode, "accept", acknowledgement: false);

        Assert.Equal((0, 2), (Count(output, "ran: "), Count(output, "refused: ")));
        Assert.Contains("approval_required", output, StringComparison.Ordinal);
        Assert.DoesNotContain(_company[Platform.Vectra].Journal.Entries(), entry => entry.Method == "PATCH");
    }

    private async Task<string> AskAsync(string mode, string answer, bool acknowledgement)
    {
        Assert.SkipWhen(Node.Missing is not null, Node.Missing ?? "");
        var vectra = _company[Platform.Vectra];
        var settings = _program.Write("sallyport.yaml", $$"""
            mode: rw
            allowLoopbackUpstream: true
            state: { directory: {{_program.Folder}}/state }
            stdio: { role: admin }
            approvals: { acknowledgement: {{(acknowledgement ? "true" : "false")}} }
            tenants: { lab: { vectra: { baseUrl: "{{vectra.BaseUrl.GetLeftPart(UriPartial.Authority)}}", clientId: "{{vectra.Credentials["clientId"]}}", clientSecret: "{{vectra.Credentials["clientSecret"]}}" } } }
            """);
        var listed = await _program.RunAsync("call", "vectra_detections_list", "--args", """{"limit":1,"fields":["id"]}""");
        var detection = JsonElement.Parse(listed.Output).GetProperty("detections")[0].GetProperty("id").GetInt64();
        var (exit, output) = await Node.RunAsync(
            [
                Node.Script("elicit.mjs"), mode, answer, "vectra_detections_mark_fixed", $$"""{"detection_ids":[{{detection}}],"mark_fixed":true}""",
                .. SallyportProgram.Command, "serve", "--config", settings,
            ], Cancel);
        Assert.True(exit == 0, output);
        return output;
    }

    private static int Count(string output, string start) => output.Split('\n').Count(line => line.StartsWith(start, StringComparison.Ordinal));
}
