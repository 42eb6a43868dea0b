using System.IO.Enumeration;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy;

/// <summary>What callers with this role may use: permissions, or patterns over tool names and access.</summary>
/// <param name="Permissions">Permissions held; patterns do not need them.</param>
/// <param name="Allow">Patterns such as <c>*:read</c> or <c>defectdojo_finding_close</c>.</param>
/// <param name="Deny">Patterns that win over everything else.</param>
public sealed record Role(string Name, IReadOnlySet<ToolPermission> Permissions, IReadOnlyList<string> Allow, IReadOnlyList<string> Deny)
{
    /// <summary>May decide held calls of others.</summary>
    public bool CanApprove { get; init; }

    /// <summary>May enable, disable and see settings.</summary>
    public bool CanAdminister { get; init; }

    public static IReadOnlyList<Role> BuiltIn { get; } =
    [
        Of("reader", ToolPermission.Read, ToolPermission.System),
        Of("scanner", ToolPermission.Read, ToolPermission.System, ToolPermission.Scan),
        Of("writer", [.. Enum.GetValues<ToolPermission>().Where(permission => permission != ToolPermission.Products)]),
        Of("approver", ToolPermission.Read, ToolPermission.System) with { CanApprove = true },
        Of("admin", Enum.GetValues<ToolPermission>()) with { CanApprove = true, CanAdminister = true },
    ];

    public bool Allows(CatalogEntry entry, IReadOnlyList<ToolPermission> further)
    {
        if (entry.Tool.Permission == ToolPermission.Discover)
            return true;
        if (Matches(Deny, entry.Tool, entry.Connector.Id))
            return false;
        return Matches(Allow, entry.Tool, entry.Connector.Id) || (Permissions.Contains(entry.Tool.Permission) && further.All(Permissions.Contains));
    }

    private static Role Of(string name, params ToolPermission[] permissions) => new(name, permissions.ToHashSet(), [], []);

    /// <param name="connector">Whose tool it is; without it, patterns for one platform match nothing.</param>
    internal static bool Matches(IReadOnlyList<string> patterns, Tool tool, string? connector)
    {
        foreach (var pattern in patterns)
        {
            var slash = pattern.IndexOf('/', StringComparison.Ordinal);
            var colon = pattern.IndexOf(':', StringComparison.Ordinal);
            var access = colon < 0 ? null : pattern[(colon + 1)..];
            if ((slash < 0 || (connector is not null && FileSystemName.MatchesSimpleExpression(pattern.AsSpan(0, slash), connector, ignoreCase: false)))
                && (access is null || access == (tool.Access == ToolAccess.Read ? "read" : "write"))
                && ToolPattern.Matches(pattern[(slash + 1)..(colon < 0 ? pattern.Length : colon)], tool))
                return true;
        }

        return false;
    }
}
