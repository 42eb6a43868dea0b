using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Defender.Identity;

/// <summary>The identity platform: a token for an application that proves itself by certificate, secret or another provider's word.</summary>
internal sealed class TokenEndpoint(DefenderControls controls, TokenStore tokens, TimeProvider time)
{
    public const string Graph = "https://graph.microsoft.com/.default";
    public const string Endpoint = "https://api.securitycenter.microsoft.com/.default";
    public const string Incidents = "https://api.security.microsoft.com/.default";

    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private readonly ConcurrentDictionary<string, bool> _assertionsSeen = new();

    public async Task AnswerAsync(HttpContext http)
    {
        var tenantId = (string)http.Request.RouteValues["tenant"]!;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var scope = form["scope"].ToString().Split(' ').FirstOrDefault(static word => word.EndsWith("/.default", StringComparison.Ordinal)) ?? "";
        if (controls.Find(tenantId) is not { } tenant)
            await RefuseAsync(http, 400, "invalid_request", 90002);
        else if (form["grant_type"] != "client_credentials")
            await RefuseAsync(http, 400, "unsupported_grant_type", 70003);
        else if (form["client_id"] != tenant.ClientId)
            await RefuseAsync(http, 400, "unauthorized_client", 700016);
        else if (scope is not (Graph or Endpoint or Incidents))
            await RefuseAsync(http, 400, "invalid_scope", 70011);
        else if (Refusal(http, form, tenant) is { } number)
            await RefuseAsync(http, 401, "invalid_client", number);
        else
            await GrantAsync(http, tenant, scope);
    }

    /// <summary>The subject of a token: whose data it opens, and on which service.</summary>
    public static string Subject(SimulatedTenant tenant, string scope) => $"{tenant.TenantId}|{scope}";

    private int? Refusal(HttpContext http, IFormCollection form, SimulatedTenant tenant)
    {
        if (form["client_secret"] is { Count: > 0 } secret)
            return secret == tenant.ClientSecret ? null : 7000215;
        if (form["client_assertion_type"] != AssertionType)
            return 7000218;
        var assertion = form["client_assertion"].ToString();
        if (tenant.FederatedTokens.Contains(assertion.Trim()))
            return null;
        string[] audiences =
        [
            $"https://login.microsoftonline.com/{tenant.TenantId}/oauth2/v2.0/token",
            $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}",
        ];
        if (ClientAssertion.Check(assertion, tenant, audiences, time.GetUtcNow(), out var id) is { } number)
            return number;
        return id is not null && _assertionsSeen.TryAdd(id, true) ? null : 700025;
    }

    private Task GrantAsync(HttpContext http, SimulatedTenant tenant, string scope)
    {
        var token = tokens.Issue(Subject(tenant, scope), tenant.TokenLifetime);
        return Answer.JsonAsync(http, 200, json =>
        {
            json.WriteStartObject();
            json.WriteString("token_type", "Bearer");
            json.WriteNumber("expires_in", (long)tenant.TokenLifetime.TotalSeconds);
            json.WriteNumber("ext_expires_in", (long)tenant.TokenLifetime.TotalSeconds);
            json.WriteString("access_token", token.Value);
            json.WriteEndObject();
        });
    }

    /// <summary>The description quotes what was sent, which a client must not pass on.</summary>
    private Task RefuseAsync(HttpContext http, int status, string error, int number) => Answer.JsonAsync(http, status, json =>
    {
        json.WriteStartObject();
        json.WriteString("error", error);
        json.WriteString("error_description", string.Create(CultureInfo.InvariantCulture, $"AADSTS{number}: refused; the request was '{http.Request.Path}' with a credential that begins with 'zugzwang'."));
        json.WriteStartArray("error_codes");
        json.WriteNumberValue(number);
        json.WriteEndArray();
        json.WriteString("timestamp", time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("trace_id", "00000000-0000-4000-8000-000000000001");
        json.WriteString("correlation_id", "00000000-0000-4000-8000-000000000002");
        json.WriteString("error_uri", string.Create(CultureInfo.InvariantCulture, $"https://login.microsoftonline.com/error?code={number}"));
        json.WriteEndObject();
    });
}
