using Sallyport.Core;

namespace Sallyport.Tests.Core;

public sealed class KnownSecretsTests
{
    [Fact]
    public void A_secret_is_found_as_it_is_in_a_form_and_in_json()
    {
        var secret = new Secret("canary+form/\"4711").Reveal();

        Assert.Equal("a *** b", KnownSecrets.Redact($"a {secret} b"));
        Assert.Equal("key=***&x=1", KnownSecrets.Redact($"key={Uri.EscapeDataString(secret)}&x=1"));
        Assert.Equal("{\"key\":\"***\"}", KnownSecrets.Redact($"{{\"key\":{System.Text.Json.JsonSerializer.Serialize(secret)}}}"));
    }

    [Fact]
    public void A_secret_inside_a_longer_one_leaves_nothing_of_it()
    {
        Secret.Remember("canary-short-1");
        Secret.Remember("Bearer canary-short-1 and more");

        Assert.Equal("<***>", KnownSecrets.Redact("<Bearer canary-short-1 and more>"));
    }

    [Fact]
    public void Short_values_are_no_secrets_to_look_for()
    {
        _ = new Secret("two");

        Assert.Equal("one two three", KnownSecrets.Redact("one two three"));
    }

    [Fact]
    public void However_many_secrets_requests_bring_those_of_the_settings_stay_known()
    {
        _ = new Secret("canary-of-the-settings");
        Secret.OfRequest("canary-of-a-request-first");
        for (var number = 0; number < 5_000; number++)
            Secret.OfRequest($"passing-secret-{number}-x");

        Assert.True(KnownSecrets.AreIn("x canary-of-the-settings x"));
        Assert.False(KnownSecrets.AreIn("x canary-of-a-request-first x"));
        Assert.True(KnownSecrets.AreIn("x passing-secret-4999-x x"));
    }
}
