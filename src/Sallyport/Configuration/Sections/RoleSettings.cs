using System.ComponentModel;

namespace Sallyport.Configuration.Sections;

/// <summary>What a named role may use; what is not allowed is refused.</summary>
internal sealed record RoleSettings(
    [Description("Patterns over tool names; a platform and / in front for its tools only, :read or :write behind for one kind of access, e.g. vectra/*:read.")] IReadOnlyList<string> Allow,
    [Description("Patterns that win over allow.")] IReadOnlyList<string>? Deny = null,
    [Description("May decide held calls of others.")] bool Approve = false);
