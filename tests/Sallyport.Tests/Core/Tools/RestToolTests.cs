using System.Text;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Tests.Core.Tools;

public sealed class RestToolTests
{
    [Theory]
    [InlineData("x/../../admin", "/v1/devices/x%2F..%2F..%2Fadmin:rename")]
    [InlineData("a?b#c", "/v1/devices/a%3Fb%23c:rename")]
    [InlineData("{name}", "/v1/devices/%7Bname%7D:rename")]
    public void A_value_in_the_path_stays_one_segment(string id, string path)
        => Assert.Equal(path, Fill("POST /v1/devices/{id}:rename", $$"""{"id":"{{id}}","displayName":"n"}""").Path);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public void Segments_that_escaping_does_not_stop_are_refused(string id)
        => Assert.Throws<InvalidArgumentsException>(() => Fill("GET /v1/devices/{id}", $$"""{"id":"{{id}}"}"""));

    [Fact]
    public void What_is_not_in_the_path_of_a_get_goes_into_the_query_and_a_list_repeats_its_name()
        => Assert.Equal("?filter.name=a%26b&ids=1&ids=2&on=true", Fill("GET /v1/things", """{"filter.name":"a&b","ids":[1,2],"on":true,"off":null}""").Query);

    [Fact]
    public void What_is_not_in_the_path_of_a_post_goes_into_the_body()
    {
        var call = Fill("POST /v1/devices/{id}:rename", """{"id":"7","displayName":"n"}""");

        Assert.Equal(("""{"displayName":"n"}""", ""), (Encoding.UTF8.GetString(call.Body!.Value.Span), call.Query));
    }

    [Fact]
    public void A_delete_has_no_body()
        => Assert.Null(Fill("DELETE /v1/devices/{id}", """{"id":"7"}""").Body);

    private static RestCall Fill(string operation, string arguments)
        => new RestOperation(operation, ToolAccess.Read, "").Fill(Encoding.UTF8.GetBytes(arguments));
}
