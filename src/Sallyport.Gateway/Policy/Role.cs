using Sallyport.Core.Tools;

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

    public bool Allows(Tool tool, IReadOnlyList<ToolPermission> further)
    {
        if (tool.Permission == ToolPermission.Discover)
            return true;
        if (Matches(Deny, tool))
            return false;
        return Matches(Allow, tool) || (Permissions.Contains(tool.Permission) && further.All(Permissions.Contains));
    }

    private static Role Of(string name, params ToolPermission[] permissions) => new(name, permissions.ToHashSet(), [], []);

    private static bool Matches(IReadOnlyList<string> patterns, Tool tool)
    {
        foreach (var pattern in patterns)
        {
            var colon = pattern.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? pattern : pattern[..colon];
            var access = colon < 0 ? null : pattern[(colon + 1)..];
            if ((access is null || access == (tool.Access == ToolAccess.Read ? "read" : "write")) && ToolPattern.Matches(name, tool))
                return true;
        }

        return false;
    }
}
