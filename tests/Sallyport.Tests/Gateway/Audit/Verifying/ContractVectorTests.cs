using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Gateway.Audit.Canonical;
using Sallyport.Gateway.Audit.Chain;
using Sallyport.Gateway.Audit.Verifying;

namespace Sallyport.Tests.Gateway.Audit.Verifying;

/// <summary>The published test vectors of the chain, in the spelling of the contract.</summary>
public sealed class ContractVectorTests
{
    private static readonly (string Canonical, string Hmac)[] Vectors =
    [
        ("""{"chain_id":"c-0001","event_type":"chain_start","key_id":"644df0a684f36508","prev_hmac":"0000000000000000000000000000000000000000000000000000000000000000","reason":"new","schema":"sallyport.audit/1","seq":0,"ts":"2026-01-02T03:04:05.000Z"}""",
            "5347d203c7d952e679ebac2fb74224df9f800229a887c46b43853bfd83d265b8"),
        ("""{"authenticated_caller_id":"CI","caller_id":null,"chain_id":"c-0001","connector":"defectdojo","event_type":"audit","key_id":"644df0a684f36508","outcome":"success","prev_hmac":"5347d203c7d952e679ebac2fb74224df9f800229a887c46b43853bfd83d265b8","request_id":"r-1","schema":"sallyport.audit/1","seq":1,"tool":"get_finding","ts":"2026-01-02T03:04:06.000Z"}""",
            "0dfe94bd5782e3b72f41eb4250d0e0ba5aa68f5167aeeee051662ea595b0ebf8"),
        ("""{"authenticated_caller_id":"CI","caller_id":null,"chain_id":"c-0001","connector":"defectdojo","event_type":"audit","findings_read_before_mutation":[42],"key_id":"644df0a684f36508","outcome":"success","prev_hmac":"0dfe94bd5782e3b72f41eb4250d0e0ba5aa68f5167aeeee051662ea595b0ebf8","request_id":"r-2","schema":"sallyport.audit/1","seq":2,"tool":"close_finding","ts":"2026-01-02T03:04:07.000Z"}""",
            "6799e2e432f4cfa222764833983de42f10bff9e69ce0e962a522daecd71aa95e"),
    ];

    [Theory]
    [InlineData(0, 239)]
    [InlineData(1, 351)]
    [InlineData(2, 390)]
    public void Records_have_the_published_canonical_form_and_seal(int vector, int length)
    {
        var (published, hmac) = Vectors[vector];
        var members = JsonNode.Parse(published)!.AsObject().Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()));
        var shuffled = new JsonObject(members).ToString();

        var canonical = new ArrayBufferWriter<byte>();
        CanonicalJson.Write(canonical, Encoding.UTF8.GetBytes(shuffled));

        Assert.Equal(published, Encoding.UTF8.GetString(canonical.WrittenSpan));
        Assert.Equal(length, canonical.WrittenCount);

        var line = new ArrayBufferWriter<byte>();
        line.Write(canonical.WrittenSpan[..^1]);
        var seal = new byte[ChainSeal.HexLength];
        using var key = new ChainSeal(TestLog.Key);
        key.Close(line, seal);
        Assert.Equal(hmac, Encoding.ASCII.GetString(seal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_log_in_the_spelling_of_the_contract_verifies(bool isSealLast)
    {
        var lines = Vectors.Select(vector => isSealLast
            ? $"{vector.Canonical[..^1]},\"hmac\":\"{vector.Hmac}\"}}"
            : vector.Canonical.Replace("\"key_id\"", $"\"hmac\":\"{vector.Hmac}\",\"key_id\"", StringComparison.Ordinal));

        var result = Verify(lines);

        Assert.True(result.IsIntact);
        var chain = Assert.Single(result.Chains);
        Assert.Equal(("c-0001", 3, 2), (chain.Chain, chain.Records, chain.LastSeq));
        Assert.Equal(AuditRule.TailUnanchored, Assert.Single(chain.Findings).Rule);
    }

    [Fact]
    public void A_seal_that_comes_first_verifies_too() =>
        Assert.True(Verify([$"{{\"hmac\":\"{Vectors[0].Hmac}\",{Vectors[0].Canonical[1..]}"]).IsIntact);

    private static AuditVerification Verify(IEnumerable<string> lines)
    {
        using var log = new TestLog();
        File.WriteAllText(log.File, string.Concat(lines.Select(line => line + "\n")));
        return log.Verify();
    }
}
