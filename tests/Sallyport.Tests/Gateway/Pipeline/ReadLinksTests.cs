using Sallyport.Core.RequestTenants;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Tests.Gateway.Pipeline;

public sealed class ReadLinksTests
{
    private static readonly Tool Look = Tool.Raw<TestConnector.TestClient, TestConnector.Look>(
        ToolAccess.Read, "test_thing_get", "Gets a thing.", static () => TestJson.Default.Look, static (_, look, context, _) =>
        {
            context.NoteRead("thing", look.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return Task.FromResult(TestConnector.Json("{}"));
        });

    [Fact]
    public async Task Whoever_only_claims_an_accounts_name_adds_nothing_to_what_its_owner_had_read()
    {
        await using var gateway = await TestGateway.StartAsync(new TestConnector([Look, TestConnector.Writing()]), new object());
        static Caller Claiming(string password) => Some.Caller(subject: "account:soc@cloud") with
        {
            Account = new RequestAccount("test", "other", new RequestTenant.Accepted("soc@cloud", new object(), password)),
        };

        gateway.Caller = Claiming("guess");
        await gateway.ResultAsync("test_thing_get", """{"id":1}""");
        gateway.Caller = Claiming("right");
        await gateway.ResultAsync("test_thing_get", """{"id":2}""");
        await gateway.ResultAsync("test_thing_change");

        Assert.Equal("""["thing:2"]""", gateway.AuditRecords()[^1].GetProperty("readBefore").GetRawText());
    }
}
