using Sallyport.Core.Processes;

namespace Sallyport.Tests.Core.Processes;

public sealed class RawSocketsTests
{
    private const string All = "000001ffffffffff";
    private const string None = "0000000000000000";
    private const string NetRaw = "0000000000002000";
    private const string AllButNetRaw = "000001ffffffdfff";

    [Theory]
    [InlineData(0, All, All, None, 0, false, true)]
    [InlineData(0, AllButNetRaw, AllButNetRaw, None, 0, false, false)]
    [InlineData(0, AllButNetRaw, All, None, 0, false, false)]
    [InlineData(1000, None, All, None, 0, false, false)]
    [InlineData(1000, None, All, None, 0, true, true)]
    [InlineData(1000, None, All, None, 1, true, false)]
    [InlineData(1000, None, AllButNetRaw, None, 0, true, false)]
    [InlineData(1000, NetRaw, NetRaw, NetRaw, 1, false, true)]
    [InlineData(1000, NetRaw, All, None, 0, false, false)]
    public void The_right_comes_from_root_the_ambient_set_or_the_programs_file(
        int uid, string permitted, string bounding, string ambient, int noNewPrivileges, bool fileCapability, bool allowed)
    {
        var status = $"Name:\tx\nUid:\t1000\t{uid}\t1000\t1000\nCapPrm:\t{permitted}\nCapBnd:\t{bounding}\nCapAmb:\t{ambient}\nNoNewPrivs:\t{noNewPrivileges}\n";

        Assert.Equal(allowed, RawSockets.Evaluate(status, fileCapability));
    }

    [Theory]
    [InlineData("0100000200200000000000000000000000000000", true)]
    [InlineData("0000000200200000000000000000000000000000", false)]
    [InlineData("0100000200040000000000000000000000000000", false)]
    [InlineData("010000020020", false)]
    [InlineData("", false)]
    public void A_file_has_it_when_it_is_permitted_and_effective(string attribute, bool has)
        => Assert.Equal(has, RawSockets.HasFileCapability(Convert.FromHexString(attribute)));

    [Fact]
    public void The_answer_for_this_process_can_be_had()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Capabilities are Linux's.");
        var rights = new RawSockets(new FakeClock());

        Assert.Equal(rights.AreAllowedFor("/bin/sh"), rights.AreAllowedFor("/bin/sh"));
    }
}
