using Sallyport.Connectors.Network.Nmap.Planning;

namespace Sallyport.Tests.Connectors.Network.Nmap.Planning;

public sealed class PortListTests
{
    [Theory]
    [InlineData("80", 1, 1, false)]
    [InlineData("1-65535", 65535, 65535, false)]
    [InlineData("-", 65535, 65535, false)]
    [InlineData("22,80,8000-8010", 13, 13, false)]
    [InlineData("5-5", 1, 1, false)]
    [InlineData("T:22,80,U:53", 2, 1, true)]
    [InlineData("U:53,123,T:1-10", 10, 2, true)]
    public void A_list_says_how_many_ports_it_stands_for(string text, long tcp, long udp, bool prefixes)
    {
        Assert.True(PortList.TryParse(text, out var list, out _));
        Assert.Equal((tcp, udp, prefixes), (list.Tcp, list.Udp, list.HasPrefixes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("0-10")]
    [InlineData("1-")]
    [InlineData("-80")]
    [InlineData("80-22")]
    [InlineData("80,")]
    [InlineData(",80")]
    [InlineData("80,,81")]
    [InlineData("80 81")]
    [InlineData(" 80")]
    [InlineData("+80")]
    [InlineData("http")]
    [InlineData("http*")]
    [InlineData("[1-100]")]
    [InlineData("1-10-20")]
    [InlineData("80,-")]
    [InlineData("S:80")]
    [InlineData("T:80,T:81")]
    [InlineData("80,T:81")]
    [InlineData("T:")]
    [InlineData("T:-")]
    [InlineData("8０")]
    [InlineData("80\0")]
    [InlineData("1-80\0")]
    [InlineData("99999999999999999999")]
    public void Everything_else_is_refused(string text) => Assert.False(PortList.TryParse(text, out _, out _));

    [Fact]
    public void A_hundred_items_are_the_limit()
    {
        Assert.True(PortList.TryParse(string.Join(',', Enumerable.Range(1, 100)), out _, out _));
        Assert.False(PortList.TryParse(string.Join(',', Enumerable.Range(1, 101)), out _, out var problem));
        Assert.Equal("has 101 items; 100 are the limit", problem);
    }
}
