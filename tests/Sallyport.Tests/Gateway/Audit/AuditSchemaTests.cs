using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Gateway.Audit;

namespace Sallyport.Tests.Gateway.Audit;

public sealed class AuditSchemaTests : IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task Every_kind_of_record_is_as_the_schema_says()
    {
        await _test.WriteAsync(calls: 1);
        File.AppendAllText(_test.File, "torn");
        await using (var log = await _test.StartAsync())
        {
            await log.OpenCallAsync(TestLog.Call(1, new string('x', AuditLog.MaxArgumentsBytes + 1)) with { Approval = "ap-1" }, durable: true, default);
            await log.CloseCallAsync(new AuditCallClosed(
                TestLog.Call(1), "refused", "forbidden", "role", TimeSpan.FromSeconds(1), 9, [.. Enumerable.Range(0, 600).Select(id => $"{id}")]));
            await log.RecordAsync(new AuditDecision("ap-1", "alice", "approved", "call-1", "contoso", "tool", "sha256:00"), default);
        }

        await _test.WriteAsync(calls: 0, AuditKey.Parse("another key"));

        var lines = _test.Lines.Where(line => line != "torn").ToList();
        var events = lines.Select(line => JsonNode.Parse(line)!["event"]!.GetValue<string>()).Distinct().Order();
        Assert.Equal(["checkpoint", "close", "decision", "open", "start"], events);
        Assert.All(lines, line => Assert.Empty(AuditSchema.Schema.Validate(Encoding.UTF8.GetBytes(line))));
    }

    [Theory]
    [InlineData("hmac", null)]
    [InlineData("prev", "00")]
    [InlineData("event", "other")]
    [InlineData("surprise", "x")]
    public async Task A_record_that_is_not_is_told(string member, string? value)
    {
        await _test.WriteAsync(calls: 1);
        var record = JsonNode.Parse(_test.Lines[1])!.AsObject();
        if (value is null) record.Remove(member);
        else record[member] = value;

        Assert.NotEmpty(AuditSchema.Schema.Validate(Encoding.UTF8.GetBytes(record.ToJsonString())));
    }
}
