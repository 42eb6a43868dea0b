using System.Text.Json.Nodes;
using Sallyport.Core.Sources;

namespace Sallyport.Gateway.Investigations.Ocsf;

/// <summary>Devices, users and observables as objects of the schema.</summary>
internal static class OcsfThings
{
    private static readonly string[] Linux = ["linux", "debian", "ubuntu", "red hat", "centos", "suse"];

    public static JsonObject Device(HostIdentity host) => new JsonObject { ["type_id"] = 0 }
        .With("uid", host.Id)
        .With("hostname", host.Fqdn ?? host.Name)
        .With("ip", host.Addresses is { Count: > 0 } uses ? (uses.Where(use => use.To is not null).MaxBy(use => use.To) ?? uses[0]).Address : null)
        .With("mac", host.Macs is [var mac, ..] ? mac : null);

    public static JsonObject User(UserIdentity user) => new JsonObject { ["type_id"] = 0 }
        .With("uid", user.Id)
        .With("uid_alt", user.Sid)
        .With("name", user.Upn ?? user.AccountName);

    /// <summary>Numbers of observable types: 1 host name, 2 IP address, 5 e-mail, 6 URL, 7 file name, 8 hash, 18 CVE.</summary>
    public static JsonObject Observable(Observable observable) => new()
    {
        ["type_id"] = observable.Kind switch
        {
            ObservableKind.Ip => 2,
            ObservableKind.Domain => 1,
            ObservableKind.Url => 6,
            ObservableKind.FileName => 7,
            ObservableKind.Email => 5,
            ObservableKind.Cve => 18,
            _ => 8,
        },
        ["value"] = observable.Value,
    };

    /// <summary>0 unknown, 1 server, 2 desktop, 3 laptop, 7 IOT, 99 other.</summary>
    public static int TypeId(string? type) => type?.ToLowerInvariant() switch
    {
        "server" or "domaincontroller" => 1,
        "desktop" or "workstation" => 2,
        "laptop" or "notebook" => 3,
        "security_camera" or "printer" or "camera" or "iot" => 7,
        null or "" => 0,
        _ => 99,
    };

    /// <summary>0 unknown, 100 Windows, 200 Linux, 300 macOS, 99 other.</summary>
    public static int SystemId(string? name) => name switch
    {
        null or "" => 0,
        _ when name.Contains("windows", StringComparison.OrdinalIgnoreCase) => 100,
        _ when name.Contains("macos", StringComparison.OrdinalIgnoreCase) => 300,
        _ when Linux.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) => 200,
        _ => 99,
    };
}
