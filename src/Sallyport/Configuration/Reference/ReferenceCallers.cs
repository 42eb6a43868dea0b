using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Core.Settings;

namespace Sallyport.Configuration.Reference;

/// <summary>Callers written as variables: MCP_ROLE_NAME=token:role, and the two older single tokens.</summary>
internal static class ReferenceCallers
{
    private const string Prefix = "MCP_ROLE_";

    private static readonly string[] Roles = ["admin", "writer", "scanner", "reader"];

    public static void Import(SettingsImport import)
    {
        foreach (var variable in import.Names.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            Binding(import, variable);
        Legacy(import, "MCP_AUTH_TOKEN", "admin");
        Legacy(import, "MCP_READ_TOKEN", "reader");
    }

    private static void Binding(SettingsImport import, string variable)
    {
        var name = variable[Prefix.Length..];
        if (name.Length is 0 or > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            import.Refuse($"{variable}: the caller's name behind {Prefix} must be 1 to 64 letters, digits and underscores.");
            return;
        }

        var binding = import[variable] ?? "";
        // The last colon: tokens may hold colons, roles do not.
        var colon = binding.LastIndexOf(':');
        var role = binding[(colon + 1)..].Trim().ToLowerInvariant();
        if (colon < 1 || !Roles.Contains(role))
            import.Refuse($"{variable} must be <token>:<role> with a role of {string.Join(", ", Roles)}.");
        else
            Add(import, variable, name, binding[..colon], role);
    }

    private static void Legacy(SettingsImport import, string variable, string role)
    {
        if (import[variable] is not { } token)
            return;
        import.Warn($"{variable} is the older form; {Prefix}<NAME>=<token>:{role} gives this caller a name.");
        Add(import, variable, $"{role}-legacy", token, role);
    }

    private static void Add(SettingsImport import, string variable, string name, string token, string role)
    {
        var caller = new JsonObject
        {
            ["name"] = name,
            // A token is taken as it is: nothing in it is a reference.
            ["token"] = token.Replace("${", "$${", StringComparison.Ordinal),
            ["role"] = role,
            ["tenants"] = new JsonArray("*"),
        };
        import.Set("callers.+", JsonSerializer.Serialize(caller, SettingsJson.Default.JsonObject), variable);
    }
}
