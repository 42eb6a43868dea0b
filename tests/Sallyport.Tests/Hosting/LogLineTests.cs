using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sallyport.Configuration.Sections;
using Sallyport.Core;
using Sallyport.Core.Observability;
using Sallyport.Hosting.Logging;

namespace Sallyport.Tests.Hosting;

public sealed class LogLineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false, """2026-01-02T12:00:00.000Z WARNING Sallyport.Upstream: one | 13:00:00.000 ERROR Audit: forged, ***  event=retry tool="two \n*** \"words\"" duration_ms=7""")]
    [InlineData(true, """{"ts":"2026-01-02T12:00:00.000Z","level":"WARNING","logger":"Sallyport.Upstream","msg":"one\n13:00:00.000 ERROR Audit: forged, ***","event":"retry","tool":"two \n*** \"words\"","duration_ms":7}""")]
    public void A_record_can_neither_forge_a_line_nor_carry_a_secret(bool isJson, string line)
    {
        var secret = new Secret("canary-log-0815").Reveal();

        Assert.Equal(line, Line(isJson, $"one\n13:00:00.000 ERROR Audit: forged, {secret}", ("Tool", $"two \n{secret} \"words\""), ("DurationMs", 7L)));
    }

    [Fact]
    public void Nothing_in_a_text_line_steers_a_terminal()
        => Assert.DoesNotContain(Line(isJson: false, "red \u001b[31m and \u0007 bell", ("Tool", "\u001b]0;title\u0007")), char.IsControl);

    [Theory]
    [InlineData("Password")]
    [InlineData("ClientSecret")]
    [InlineData("AccessToken")]
    [InlineData("Authorization")]
    [InlineData("SetCookie")]
    [InlineData("ApiKey")]
    [InlineData("Credentials")]
    [InlineData("CfAccessClientId")]
    public void A_field_that_by_its_name_holds_a_secret_is_left_out(string name)
        => Assert.DoesNotContain("whatever", Line(isJson: true, "x", (name, "whatever")), StringComparison.Ordinal);

    [Theory]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("7b1d4a7e-90c1-4a52-9d31-1f0a9d1b7c55")]
    [InlineData("S-1-5-21-1004336348-1177238915-682003330-512")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Hashes_ids_and_sids_stay(string value)
    {
        _ = new Secret("canary-log-4711");

        Assert.Equal(value, JsonDocument.Parse(Line(isJson: true, "x", ("Value", value))).RootElement.GetProperty("value").GetString());
    }

    [Fact]
    public void Arguments_are_json_in_json_and_without_secrets()
    {
        var secret = new Secret("canary \"log\" 0042").Reveal();
        var arguments = new LoggedJson(JsonSerializer.Serialize(new Dictionary<string, string> { ["note"] = secret }));

        Assert.Equal("***", JsonDocument.Parse(Line(isJson: true, "x", ("Params", arguments))).RootElement.GetProperty("params").GetProperty("note").GetString());
        Assert.EndsWith("params={\"note\":\"***\"}", Line(isJson: false, "x", ("Params", arguments)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_an_exception_only_the_class_is_told()
    {
        var record = LogRecord.Of(Noon, LogLevel.Error, "Sallyport", default, "Broke", null, new InvalidOperationException("canary-text", new IOException("canary-cause")));

        var line = LogLine.Write(LogFormat.Json, record).ToString();

        Assert.Equal("InvalidOperationException < IOException", JsonDocument.Parse(line).RootElement.GetProperty("exception").GetString());
        Assert.DoesNotContain("canary", line, StringComparison.Ordinal);
    }

    private static string Line(bool isJson, string message, params (string Name, object Value)[] fields) => LogLine.Write(
        isJson ? LogFormat.Json : LogFormat.Text,
        LogRecord.Of(
            Noon, LogLevel.Warning, "Sallyport.Upstream", new EventId(1, "retry"), message,
            fields.Select(field => new KeyValuePair<string, object?>(field.Name, field.Value)).Append(new("{OriginalFormat}", "never shown")).ToList(), null)).ToString();
}
