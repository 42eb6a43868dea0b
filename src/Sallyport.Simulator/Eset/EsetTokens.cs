using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Eset;

/// <summary>The two token endpoints: OAuth in the cloud, GetTokens on a console.</summary>
internal sealed class EsetTokens(TokenStore tokens, EsetControls controls)
{
    public const string CloudPath = "/oauth/token";
    public const string ConsolePath = "/GetTokens";

    private const string Cloud = "cloud";
    private const string Console = "console";
    private const string Refresh = "refresh";

    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(30);

    public async Task AnswerCloudAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var user = form["grant_type"].ToString() switch
        {
            "password" when IsKnown(form["username"].ToString(), form["password"].ToString()) => form["username"].ToString(),
            "refresh_token" when !controls.RefusesRefresh && tokens.Check(form["refresh_token"], out var token) == TokenStanding.Good && token!.Subject.StartsWith(Refresh, StringComparison.Ordinal)
                => token.Subject[(Refresh.Length + 1)..],
            _ => null,
        };
        if (user is null)
        {
            await RefuseAsync(http);
            return;
        }

        await Answer.JsonAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteString("access_token", Issue(Cloud, user).Value);
            json.WriteString("refresh_token", tokens.Issue($"{Refresh} {user}", RefreshLifetime).Value);
            json.WriteString("token_type", "Bearer");
            json.WriteNumber("expires_in", (long)controls.TokenLifetime.TotalSeconds);
            json.WriteEndObject();
        });
    }

    public async Task AnswerConsoleAsync(HttpContext http)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))?.AsObject();
        var user = (string?)body?["username"];
        if (user is null || (string?)body!["grant_type"] != "password" || !IsKnown(user, (string?)body["password"]))
        {
            await RefuseAsync(http);
            return;
        }

        await Answer.JsonAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteString("accessToken", Issue(Console, user).Value);
            json.WriteNumber("expiresIn", (long)controls.TokenLifetime.TotalSeconds);
            json.WriteEndObject();
        });
    }

    /// <summary>Whose token a request carries, and whether it is a console's; null when the token is not good.</summary>
    public EsetAccount? Admit(HttpRequest request)
    {
        if (tokens.Check(TokenStore.Presented(request), out var token) != TokenStanding.Good)
            return null;
        return token!.Subject.Split(' ') switch
        {
            [Cloud, var user] => new EsetAccount(user, IsOnPrem: false),
            [Console, var user] => new EsetAccount(user, IsOnPrem: true),
            _ => null,
        };
    }

    private IssuedToken Issue(string place, string user) => tokens.Issue($"{place} {user}", controls.TokenLifetime);

    private bool IsKnown(string user, string? password) => controls.Accounts.TryGetValue(user, out var known) && known == password;

    private static Task RefuseAsync(HttpContext http) => Answer.JsonAsync(http, StatusCodes.Status400BadRequest, static (Utf8JsonWriter json) =>
    {
        json.WriteStartObject();
        json.WriteString("error", "invalid_grant");
        json.WriteEndObject();
    });
}

/// <summary>An API user that is signed in.</summary>
internal sealed record EsetAccount(string User, bool IsOnPrem);
