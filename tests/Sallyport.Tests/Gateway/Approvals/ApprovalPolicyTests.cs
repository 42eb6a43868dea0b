using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;

namespace Sallyport.Tests.Gateway.Approvals;

public sealed class ApprovalPolicyTests
{
    private static readonly Tool Mild = TestConnector.Writing("test_note_add") with { IsDestructive = false };
    private static readonly Tool Harsh = TestConnector.Writing("test_host_cut");
    private static readonly Tool Look = TestConnector.Reading();

    [Theory]
    [InlineData(ApprovalNeed.Never, false, false)]
    [InlineData(ApprovalNeed.Destructive, false, true)]
    [InlineData(ApprovalNeed.Writes, true, true)]
    public void The_need_says_which_writes_wait_and_reads_never_do(ApprovalNeed need, bool holdsMild, bool holdsHarsh)
    {
        var policy = new ApprovalPolicy(need, TimeSpan.FromMinutes(1));

        Assert.Equal((holdsMild, holdsHarsh, false), (Holds(policy, Mild), Holds(policy, Harsh), Holds(policy, Look)));
        Assert.Equal((holdsMild, holdsHarsh, false), (policy.CanHold(Mild), policy.CanHold(Harsh), policy.CanHold(Look)));
    }

    [Theory]
    [InlineData(ApprovalNeed.Never, "test_other", false)]
    [InlineData(ApprovalNeed.Never, "test_*", true)]
    [InlineData(ApprovalNeed.Destructive, "test_other", true)]
    public void A_tool_that_asks_for_a_person_offers_the_approval_wherever_some_rule_can_make_it_wait(ApprovalNeed general, string ruled, bool canAsk)
    {
        var asking = Look with { AsksPerson = new PersonRule(static _ => true, static (_, _) => "It is loud.") };
        var policy = new ApprovalPolicy(general, TimeSpan.FromMinutes(1)) { Rules = [new ApprovalRule([ruled], [], [], new ApprovalTerms(ApprovalNeed.Destructive))] };

        Assert.Equal((canAsk, false), (policy.CanAsk(asking), policy.CanAsk(Look)));
    }

    [Theory]
    [InlineData("test_host_*", null, null, true)]
    [InlineData("test_other", null, null, false)]
    [InlineData(null, "contoso", null, true)]
    [InlineData(null, "fabrikam", null, false)]
    [InlineData(null, null, "writer", true)]
    [InlineData(null, null, "scanner", false)]
    [InlineData("*:write", "contoso", "writer", true)]
    [InlineData("*:read", "contoso", "writer", false)]
    public void A_rule_is_for_the_tools_tenants_and_roles_it_names(string? tool, string? tenant, string? role, bool isMatch)
    {
        var policy = new ApprovalPolicy(ApprovalNeed.Never, TimeSpan.FromMinutes(1)) { Rules = [Rule(tool, tenant, role, new ApprovalTerms(ApprovalNeed.Writes, 2))] };

        var terms = policy.For(Harsh, "contoso", Some.Caller("writer"));

        Assert.Equal((isMatch, isMatch ? 2 : 1), (terms.Hold(Harsh), terms.Approvers));
    }

    [Fact]
    public void The_first_rule_that_matches_decides()
    {
        var policy = new ApprovalPolicy(ApprovalNeed.Writes, TimeSpan.FromMinutes(1))
        {
            Rules = [Rule("test_host_cut", null, null, new ApprovalTerms(ApprovalNeed.Never)), Rule(null, null, null, new ApprovalTerms(ApprovalNeed.Writes, 3))],
        };

        Assert.False(Holds(policy, Harsh));
        Assert.Equal(3, policy.For(Mild, "contoso", Some.Caller()).Approvers);
    }

    [Fact]
    public void Every_write_offers_the_argument_where_what_it_carries_may_hold_it()
    {
        var policy = new ApprovalPolicy(ApprovalNeed.Never, TimeSpan.FromMinutes(1)) { HoldsTainted = true };

        Assert.Equal((true, true, false), (policy.CanHold(Mild), policy.CanHold(Harsh), policy.CanHold(Look)));
    }

    private static bool Holds(ApprovalPolicy policy, Tool tool) => policy.For(tool, "contoso", Some.Caller()).Hold(tool);

    private static ApprovalRule Rule(string? tool, string? tenant, string? role, ApprovalTerms terms)
        => new(tool is null ? [] : [tool], tenant is null ? [] : [tenant], role is null ? [] : [role], terms);
}
