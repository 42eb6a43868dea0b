using System.Text.Json;

namespace Sallyport.EndToEnd.Commands;

public sealed class ConfigCommandTests : IDisposable
{
    private const string Canary = "canary-c0ffee-12345678";

    private readonly SallyportProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Every_mistake_is_said_on_standard_error_and_the_exit_code_is_2()
    {
        _program.Write("sallyport.yaml", "mode: write\nhttp: { lisen: 1, token: " + Canary + " }\n");

        var run = await _program.RunAsync("config", "check");

        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains("error: http.lisen: is unknown; did you mean 'listen'? (sallyport.yaml:2)", run.Error);
        Assert.Contains("error: mode: must be one of \"ro\", \"rw\" (sallyport.yaml:1)", run.Error);
        Assert.DoesNotContain(Canary, run.Error);
    }

    [Fact]
    public async Task Good_settings_are_said_to_be_good()
    {
        _program.Write("sallyport.yaml", "mode: ro\n");

        var run = await _program.RunAsync("config", "check");

        Assert.Equal(0, run.Code);
        Assert.Contains("sallyport.yaml: all well", run.Output);
    }

    [Fact]
    public async Task The_settings_in_force_are_shown_without_secrets_and_with_where_they_came_from()
    {
        _program.Write("sallyport.yaml", "catalog: lean\naudit: { hmacKey: '${env:AUDIT_KEY}' }\n");
        _program.Variables["AUDIT_KEY"] = Canary;
        _program.Variables["SALLYPORT_HTTP__LISTEN"] = "127.0.0.1:9999";

        var text = await _program.RunAsync("config", "show");
        var json = await _program.RunAsync("config", "show", "--json");

        Assert.Equal((0, 0), (text.Code, json.Code));
        Assert.DoesNotContain(Canary, text.Output + text.Error + json.Output + json.Error);
        Assert.Matches("""catalog: "lean" +# sallyport.yaml:1""", text.Output);
        using var document = JsonDocument.Parse(json.Output);
        var shown = document.RootElement.EnumerateArray().ToDictionary(
            setting => setting.GetProperty("path").GetString()!,
            setting => (setting.GetProperty("value").ToString(), setting.GetProperty("from").GetString()));
        Assert.Equal(("127.0.0.1:9999", "environment: SALLYPORT_HTTP__LISTEN"), shown["http.listen"]);
        Assert.Equal(("***", "sallyport.yaml:2, ${env:AUDIT_KEY}"), shown["audit.hmacKey"]);
        Assert.Equal(("ro", "default"), shown["mode"]);
    }

    [Fact]
    public async Task The_schema_is_json_and_names_what_can_be_set()
    {
        var run = await _program.RunAsync("config", "schema");

        Assert.Equal(0, run.Code);
        using var schema = JsonDocument.Parse(run.Output);
        Assert.True(schema.RootElement.GetProperty("properties").TryGetProperty("tenants", out _));
    }

    [Theory]
    [InlineData("config", "settings.schema.json")]
    [InlineData("audit", "audit.schema.json")]
    public async Task The_schema_in_the_repository_is_the_one_that_is_printed(string command, string name)
    {
        var run = await _program.RunAsync(command, "schema");
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Sallyport.slnx")))
            root = root.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");

        var kept = await File.ReadAllTextAsync(Path.Combine(root.FullName, "docs", "reference", name), TestContext.Current.CancellationToken);

        Assert.True(kept.ReplaceLineEndings("\n") == run.Output.ReplaceLineEndings("\n"), "Run 'make docs' and commit docs/reference/" + name);
    }

    [Theory]
    [InlineData("chek", "sallyport: 'chek' is unknown; did you mean 'check'?")]
    [InlineData("", "sallyport: Required command was not provided.")]
    public async Task A_mistyped_command_is_one_sentence_and_what_to_do(string command, string sentence)
    {
        var run = await _program.RunAsync(["config", .. command.Length > 0 ? [command] : Array.Empty<string>()]);

        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.Equal($"{sentence}\nSee 'sallyport config --help'.\n", run.Error.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData]
    [InlineData("config")]
    [InlineData("config", "check")]
    [InlineData("config", "schema")]
    [InlineData("config", "show")]
    [InlineData("simulate")]
    [InlineData("callers", "add")]
    [InlineData("serve")]
    [InlineData("demo")]
    [InlineData("doctor")]
    [InlineData("tools")]
    [InlineData("call")]
    [InlineData("approvals", "list")]
    [InlineData("approvals", "approve")]
    [InlineData("approvals", "deny")]
    [InlineData("audit", "verify")]
    [InlineData("audit", "show")]
    public async Task Every_command_has_help(params string[] command)
    {
        var run = await _program.RunAsync([.. command, "--help"]);

        Assert.Equal(0, run.Code);
        Assert.Contains("Usage:", run.Output);
        Assert.Empty(run.Error);
    }
}
