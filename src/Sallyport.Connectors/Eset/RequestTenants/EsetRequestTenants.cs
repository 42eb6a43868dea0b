using System.Security.Cryptography;
using System.Text;
using Sallyport.Connectors.Eset.Access;
using Sallyport.Core;
using Sallyport.Core.RequestTenants;

namespace Sallyport.Connectors.Eset.RequestTenants;

/// <summary>Reads the ESET account, region, console and access token that a request brings in its headers.</summary>
internal static class EsetRequestTenants
{
    private const string Server = "X-ESET-Server-URL";
    private const string Region = "X-ESET-Region";
    private const string AccessId = "X-ESET-CF-Access-Client-Id";
    private const string AccessSecret = "X-ESET-CF-Access-Client-Secret";

    /// <summary>In the order in which the reference server checks, so that the first thing wrong is the same.</summary>
    public static RequestTenant Read(EsetSettings settings, Func<string, string?> header)
    {
        if (BasicCredentials.Read(header("Authorization")) is not { } account)
        {
            return new RequestTenant.Refused(
                401, "Send the ESET user and password as Basic authorization.", "Basic realm=\"ESET-MCP\", charset=\"UTF-8\"");
        }

        var server = header(Server)?.Trim();
        if (server is not null && ConsoleAddress.Problem(server) is { } problem)
            return Bad($"{Server} {problem}.");
        // Before anything is resolved or dialled: a console that the operator did not name is never contacted.
        var console = server is not null ? ConsoleAddress.Origin(server) : null;
        if (console is not null && !Listed(settings).Contains(console))
            return Bad($"{Server} names a console that the operator has not allowed.");
        if (ReadRegion(header(Region), settings.Region) is not { } region)
            return Bad($"{Region} must be one of eu, de, us, ca, jpn.");
        var (id, secret) = (Text(header(AccessId)), Text(header(AccessSecret)));
        if (id is null != secret is null)
            return Bad($"{AccessId} and {AccessSecret} must come together.");
        if (console is null && settings.Deployment == EsetDeployment.Onprem)
        {
            if (settings.ServerUrl is null)
                return Bad($"{Server} is required: no console is configured.");
            console = ConsoleAddress.Origin(settings.ServerUrl);
        }

        return Accept(settings, account, region, console, id is null ? null : new CloudflareToken(Secret.OfRequest(id), Secret.OfRequest(secret!)));
    }

    /// <summary>What was configured for one console, secrets and leniency alike, is for that console only.</summary>
    private static RequestTenant.Accepted Accept(
        EsetSettings settings, BasicCredentials account, EsetRegion region, Uri? console, CloudflareToken? access)
    {
        var isConfigured = console is not null && settings.ServerUrl is not null && console == ConsoleAddress.Origin(settings.ServerUrl);
        var resolved = settings with
        {
            User = account.User,
            Password = account.Password,
            Deployment = console is null ? EsetDeployment.Cloud : EsetDeployment.Onprem,
            Region = region,
            ServerUrl = console?.GetLeftPart(UriPartial.Authority),
            CloudflareAccess = console is null ? null : access ?? (isConfigured ? settings.CloudflareAccess : null),
            VerifyCertificate = !isConfigured || settings.VerifyCertificate,
            RequestCredentials = null,
        };
        // The place is part of who asks: an approval given for one console is none for another.
        return new RequestTenant.Accepted($"{account.User}@{console?.Authority ?? EsetPlace.RegionName(region)}", resolved, Key(resolved));
    }

    /// <summary>Lengths go in too, so that no two different sets of parts read the same.</summary>
    private static string Key(EsetSettings settings)
    {
        string[] parts =
        [
            settings.User!, settings.Password!.Reveal(), settings.Deployment.ToString(), settings.ServerUrl ?? EsetPlace.RegionName(settings.Region),
            settings.CloudflareAccess?.ClientId.Reveal() ?? "", settings.CloudflareAccess?.ClientSecret.Reveal() ?? "",
        ];
        var text = string.Concat(parts.Select(part => $"{part.Length}:{part}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static IEnumerable<Uri> Listed(EsetSettings settings)
        => (settings.RequestCredentials?.Servers ?? []).Append(settings.ServerUrl).OfType<string>().Select(ConsoleAddress.Origin);

    private static EsetRegion? ReadRegion(string? text, EsetRegion configured)
    {
        if (string.IsNullOrEmpty(text))
            return configured;
        foreach (var region in Enum.GetValues<EsetRegion>())
        {
            if (EsetPlace.RegionName(region).Equals(text.Trim(), StringComparison.OrdinalIgnoreCase))
                return region;
        }

        return null;
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static RequestTenant.Refused Bad(string message) => new(400, message);
}
