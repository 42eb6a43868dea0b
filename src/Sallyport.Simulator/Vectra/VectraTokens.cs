using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Vectra;

/// <summary>The token endpoint: Basic credentials or a refresh token for a bearer token.</summary>
internal sealed class VectraTokens(TokenStore tokens, VectraControls controls)
{
    private const string Access = "access";
    private const string Refresh = "refresh";

    public async Task AnswerAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var isGranted = form["grant_type"].ToString() switch
        {
            "client_credentials" => HasClientCredentials(http.Request),
            "refresh_token" => tokens.Check(form["refresh_token"], out var token) == TokenStanding.Good && token!.Subject == Refresh,
            _ => false,
        };
        if (isGranted)
            await Answer.JsonAsync(http, StatusCodes.Status200OK, WriteTokens);
        else
            await Answer.JsonAsync(http, StatusCodes.Status401Unauthorized, static json =>
            {
                json.WriteStartObject();
                json.WriteString("error", "invalid_client");
                json.WriteEndObject();
            });
    }

    public bool Admits(HttpRequest request)
        => tokens.Check(TokenStore.Presented(request), out var token) == TokenStanding.Good && token!.Subject == Access;

    private void WriteTokens(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("access_token", tokens.Issue(Access, controls.TokenLifetime).Value);
        json.WriteNumber("expires_in", (long)controls.TokenLifetime.TotalSeconds);
        json.WriteNumber("refresh_expires_in", (long)controls.RefreshLifetime.TotalSeconds);
        json.WriteString("refresh_token", tokens.Issue(Refresh, controls.RefreshLifetime).Value);
        json.WriteString("token_type", "Bearer");
        json.WriteEndObject();
    }

    private bool HasClientCredentials(HttpRequest request)
    {
        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{controls.ClientId}:{controls.ClientSecret}"));
        return request.Headers.Authorization == $"Basic {expected}";
    }
}
