using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Sallyport.Configuration.Sections;

/// <summary>Which writes wait for a person, for how long, and for how many people.</summary>
internal sealed record ApprovalSettings(
    [Description("never, destructive (writes that remove, overwrite or cut off), or every write.")] ApprovalNeed Require = ApprovalNeed.Destructive,
    [Description("How long an approval waits and, once given, can be used."), RegularExpression(Duration.Form)] string ExpiresAfter = "15m",
    [Description("People who must say yes."), Range(1, 5)] int Approvers = 1);

/// <summary>Which calls a person must agree to.</summary>
internal enum ApprovalNeed
{
    [JsonStringEnumMemberName("never")]
    Never,

    [JsonStringEnumMemberName("destructive")]
    Destructive,

    [JsonStringEnumMemberName("writes")]
    Writes,
}
