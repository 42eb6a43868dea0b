using System.Text;
using Sallyport.Gateway.Audit;

namespace Sallyport.Tests.Gateway.Audit;

public sealed class AuditKeyTests
{
    private const string Hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [Fact]
    public void The_id_of_a_key_is_as_published() => Assert.Equal("644df0a684f36508", AuditKey.Parse(Hex).Id);

    [Fact]
    public void Hexadecimal_digits_are_the_key_itself_in_either_case() => Assert.Equal(AuditKey.Parse(Hex).Id, AuditKey.Parse(Hex.ToUpperInvariant()).Id);

    [Theory]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1g")]
    [InlineData("ab")]
    [InlineData("correct horse battery staple")]
    public void Any_other_text_is_taken_as_its_bytes(string text)
    {
        var expected = AuditKey.Parse(Convert.ToHexString(Encoding.UTF8.GetBytes(text)).PadRight(64, '0'));

        // HMAC pads a short key with zeros itself, so both are the same key.
        Assert.Equal(expected.Id, AuditKey.Parse(text).Id);
    }

    [Fact]
    public void Two_keys_of_two_processes_are_not_the_same()
    {
        var (one, other) = (AuditKey.Ephemeral(), AuditKey.Ephemeral());

        Assert.NotEqual(one.Id, other.Id);
        Assert.True(one.IsEphemeral);
    }

    [Fact]
    public void A_key_does_not_print_itself() => Assert.Equal("audit key 644df0a684f36508", AuditKey.Parse(Hex).ToString());
}
