using System.Net;
using Sallyport.Core.Http;

namespace Sallyport.Tests.Core.Http;

public sealed class AddressRuleTests
{
    [Theory]
    [InlineData("8.8.8.8", true, true, true)]
    [InlineData("10.1.2.3", false, true, true)]
    [InlineData("172.31.255.255", false, true, true)]
    [InlineData("192.168.0.1", false, true, true)]
    [InlineData("100.64.0.1", false, true, true)]
    [InlineData("fd00::1", false, true, true)]
    [InlineData("127.0.0.1", false, false, true)]
    [InlineData("::1", false, false, true)]
    [InlineData("::ffff:127.0.0.1", false, false, true)]
    [InlineData("::ffff:10.0.0.1", false, true, true)]
    [InlineData("169.254.169.254", false, false, false)]
    [InlineData("::ffff:169.254.169.254", false, false, false)]
    [InlineData("64:ff9b::a9fe:a9fe", false, false, false)]
    [InlineData("fe80::1", false, false, false)]
    [InlineData("::127.0.0.1", false, false, false)]
    [InlineData("::ffff:0:127.0.0.1", false, false, false)]
    [InlineData("64:ff9b:1::7f00:1", false, false, false)]
    [InlineData("fd00:ec2::254", false, false, false)]
    [InlineData("100.100.100.200", false, false, false)]
    [InlineData("168.63.129.16", false, false, false)]
    [InlineData("0.0.0.0", false, false, false)]
    [InlineData("::", false, false, false)]
    [InlineData("224.0.0.1", false, false, false)]
    [InlineData("255.255.255.255", false, false, false)]
    [InlineData("2606:4700::1111", true, true, true)]
    public void An_address_fits_each_rule_as_listed(string address, bool isPublic, bool isPublicOrPrivate, bool isAny)
    {
        var parsed = IPAddress.Parse(address);

        Assert.Equal(
            (isPublic, isPublicOrPrivate, isAny),
            (AddressRule.Public.Allows(parsed), AddressRule.PublicOrPrivate.Allows(parsed), AddressRule.Any.Allows(parsed)));
    }
}
