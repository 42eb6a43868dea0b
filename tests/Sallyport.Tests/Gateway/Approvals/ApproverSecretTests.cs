using System.Text.RegularExpressions;
using Sallyport.Gateway.Approvals;

namespace Sallyport.Tests.Gateway.Approvals;

public sealed class ApproverSecretTests
{
    [Fact]
    public void Only_the_very_secret_matches_its_hash()
    {
        var (secret, hash) = ApproverSecret.New();
        var (other, _) = ApproverSecret.New();

        Assert.True(ApproverSecret.Matches(secret, hash));
        Assert.False(ApproverSecret.Matches(other, hash));
        Assert.False(ApproverSecret.Matches("", hash));
        Assert.False(ApproverSecret.Matches(hash, hash));
        Assert.Matches(new Regex(ApproverSecret.HashForm), hash);
        Assert.DoesNotContain(secret, hash, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("pbkdf2-sha256$0$AAAAAAAAAAAAAAAAAAAAAA$AAAA")]
    [InlineData("pbkdf2-sha256$10000$!$AAAA")]
    [InlineData("md5$10000$AAAAAAAAAAAAAAAAAAAAAA$AAAA")]
    public void A_hash_of_another_form_proves_nothing(string hash) => Assert.False(ApproverSecret.Matches("", hash));
}
