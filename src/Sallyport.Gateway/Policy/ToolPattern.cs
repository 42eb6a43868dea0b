using System.IO.Enumeration;
using Sallyport.Core.Tools;

namespace Sallyport.Gateway.Policy;

/// <summary>Names of tools as operators write them in settings: canonical or a reference server's, with <c>*</c> and <c>?</c>.</summary>
internal static class ToolPattern
{
    public static bool Matches(string pattern, Tool tool) => Matches(pattern, tool.Name) || (tool.Alias is { } alias && Matches(pattern, alias));

    public static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
