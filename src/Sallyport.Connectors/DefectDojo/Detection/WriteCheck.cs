using System.Text.Json;
using System.Text.RegularExpressions;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.DefectDojo.Detection;

/// <summary>What text a change may carry into the platform, where other models will read it.</summary>
internal static partial class WriteCheck
{
    private const int LongestTag = 100;
    private const int MostTags = 50;

    /// <summary>A report is evidence and may quote anything; it is not looked at.</summary>
    private static readonly HashSet<string> Reports = ["file_content", "file_content_base64"];

    /// <summary>Refuses texts that read like instructions, naming member and class and never the text; in flag mode result and audit say so instead.</summary>
    public static void Texts(DefectDojoSettings settings, JsonElement arguments, ToolContext context)
    {
        foreach (var member in arguments.EnumerateObject().Where(member => !Reports.Contains(member.Name)))
        {
            var texts = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray() : Enumerable.Repeat(member.Value, 1);
            foreach (var text in texts.Where(text => text.ValueKind == JsonValueKind.String))
            {
                if (InstructionDetector.Find(text.GetString()!) is not { } found)
                    continue;
                context.NoteInstructionLike([member.Name]);
                if (settings.RejectsInstructions)
                    throw new InvalidArgumentsException($"{member.Name}: reads like instructions to a model ({found}); describe what was seen without quoting it.");
            }
        }
    }

    /// <summary>Tags in the one spelling that the platform keeps the same on every path: lower case, no blanks, each once.</summary>
    public static IReadOnlyList<string> Tags(JsonElement arguments)
    {
        if (arguments.Member("tags") is not { ValueKind: JsonValueKind.Array } list)
            return [];
        var tags = list.EnumerateArray().Select(tag => tag.GetString()!.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList();
        if (tags.Count > MostTags || tags.Exists(tag => tag.Length is 0 or > LongestTag || !TagForm().IsMatch(tag)))
            throw new InvalidArgumentsException($"tags: at most {MostTags}, each 1 to {LongestTag} of the characters A-Z a-z 0-9 . _ : / - +");
        return tags;
    }

    [GeneratedRegex(@"\A[a-z0-9._:/\-+]+\z")]
    private static partial Regex TagForm();
}
