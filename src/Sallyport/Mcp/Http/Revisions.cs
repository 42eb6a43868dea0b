namespace Sallyport.Mcp.Http;

/// <summary>The protocol revisions we speak. The current one keeps no state; older ones open a session.</summary>
internal static class Revisions
{
    public const string Modern = "2026-07-28";

    public static bool IsLegacy(string revision) => revision is "2025-11-25" or "2025-06-18" or "2025-03-26" or "2024-11-05";
}
