using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Sallyport.Connectors.DefectDojo.Detection;

/// <summary>Recognises text that is written to steer a model rather than to inform a person.</summary>
internal static partial class InstructionDetector
{
    private const int MostText = 50_000;

    /// <summary>The class of what was found: override, role marker or call syntax; null when nothing was.</summary>
    public static string? Find(string text)
    {
        if (text.Length == 0)
            return null;
        var plain = Normalize(text.Length > MostText ? text[..MostText] : text);
        if (Override().IsMatch(plain) || Bypass().IsMatch(plain) || NewOrders().IsMatch(plain))
            return "override";
        if (RoleLine().IsMatch(plain) || RoleTag().IsMatch(plain))
            return "role marker";
        return CallSyntax().IsMatch(plain) ? "call syntax" : null;
    }

    /// <summary>Letters that look alike, invisible characters, entities and odd blanks must not hide a phrase; line starts are kept.</summary>
    private static string Normalize(string text)
    {
        var plain = Fold(text);
        // What an entity stands for may be hidden or look alike in its turn.
        if (plain.Contains('&', StringComparison.Ordinal))
            plain = Fold(WebUtility.HtmlDecode(plain));
        return Blanks().Replace(Ansi().Replace(plain, ""), " ").ToLowerInvariant();
    }

    private static string Fold(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\r' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029)
                visible.Append('\n');
            else if (!IsHidden(rune))
                Lookalikes.Append(visible, rune);
        }

        return visible.ToString();
    }

    /// <summary>Formatting, marks on top of letters and fillers show nothing of their own, or nothing that matters to a reader.</summary>
    private static bool IsHidden(Rune rune) => rune.Value is (< 0x20 and not '\n' and not '\t' and not 0x1B) or 0x115F or 0x1160 or 0x3164 or 0xFFA0
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]|\x1b", RegexOptions.None, 1000)]
    private static partial Regex Ansi();

    [GeneratedRegex(@"[^\S\n]+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\b(ignore|disregard|forget|do not follow|don't follow|stop following)\b(?=.{0,60}?\b(instructions?|prompts?|rules?|guidelines?|directives?|context|system message)\b)[^\n]{0,55}?\b(previous|prior|above|earlier|preceding|all|any|your|these|system|existing|original)\b[^\n]{0,55}?\b(instructions?|prompts?|rules?|guidelines?|directives?|context|system message)\b", RegexOptions.Singleline, 1000)]
    private static partial Regex Override();

    [GeneratedRegex(@"\b(override|bypass)\b(?=.{0,60}?\b(instructions?|prompts?|system message)\b)[^\n]{0,55}?\b(previous|prior|above|earlier|preceding|all|any|your|these|system|existing|original)\b[^\n]{0,55}?\b(instructions?|prompts?|system message)\b", RegexOptions.Singleline, 1000)]
    private static partial Regex Bypass();

    [GeneratedRegex(@"\b(new|updated|revised) (instructions?|system prompt|directive) ?:|\byou are now( \w+){0,2} (a|an|the)\b|\b(reveal|print|repeat)\b[^\n]{0,30}\bsystem prompt\b", RegexOptions.None, 1000)]
    private static partial Regex NewOrders();

    [GeneratedRegex(@"^[ >#*]*(system|assistant|developer) ?:", RegexOptions.Multiline, 1000)]
    private static partial Regex RoleLine();

    [GeneratedRegex(@"</?(system|assistant|developer|instructions)(\s[^>]*)?>|<\|im_start\|>|<\|system\|>|\[inst\]|<<sys>>|### instruction", RegexOptions.None, 1000)]
    private static partial Regex RoleTag();

    [GeneratedRegex(@"<function_calls>|<invoke |<tool_call>|<tool_use>|""(tools/call|tool_calls|function_call)""|\bmcp__\w+__\w+|\b(list_products|get_product|list_product_types|list_engagements|get_engagement|list_tests|get_test|list_test_types|list_findings|get_finding|list_finding_notes|create_product|create_engagement|create_test|create_finding|update_finding|close_finding|reopen_finding|add_finding_note|add_finding_tags|remove_finding_tags|import_scan|reimport_scan)\(", RegexOptions.None, 1000)]
    private static partial Regex CallSyntax();
}
