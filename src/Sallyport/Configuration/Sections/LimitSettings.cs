using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Sallyport.Configuration.Sections;

/// <summary>How much one caller may do to one tenant in a span of time, and how large one result may be.</summary>
internal sealed record LimitSettings(
    [Description("Writes of one caller in a span of time, e.g. 60/60s."), RegularExpression(Rate.Form)] string Mutations = "60/60s",
    [Description("Writes of all callers without proof of identity together."), RegularExpression(Rate.Form)] string OpenAccessMutations = "10/60s",
    [Description("Calls of one caller to one tenant; no limit when left out."), RegularExpression(Rate.Form)] string? Calls = null,
    [Description("Calls of single tools by one caller to one tenant; the first that matches decides, and where none does the tool itself (network tools: 10/60s).")]
    IReadOnlyList<ToolRateSettings>? Tools = null,
    [Description("Tokens, estimated, of all results together for one caller from one tenant; no limit when left out."), RegularExpression(Rate.Form)] string? OutputTokens = null,
    [Description("How often the very same call may be made before it counts as a loop; off sets no limit."), RegularExpression(Rate.FormOrOff)] string Repeats = "60/10m",
    [Description("Calls of one caller that run at the same time; more wait."), Range(1, 1_000)] int ConcurrentCalls = 4,
    [Description("Wrong tokens from one address, until it has to wait; off sets no limit."), RegularExpression(Rate.FormOrOff)] string FailedSignIns = "20/60s",
    [Description("Bytes of one result; 0 sets no limit."), Range(0, 100_000_000)] int ResponseBytes = 100_000,
    [Description("Tokens of one result, estimated; 0 sets no limit."), Range(0, 10_000_000)] int ResponseTokens = 20_000,
    [Description("Tenants that one call to all of them asks at the same time."), Range(1, 20)] int FanOut = 5);

/// <summary>How often one caller may use some tools of one tenant.</summary>
internal sealed record ToolRateSettings(
    [Description("Name or pattern, ours or a reference server's."), RegularExpression("^[A-Za-z0-9_*?]{1,64}$")] string Tool,
    [Description("Calls in a span of time, e.g. 10/60s; off sets no limit."), RegularExpression(Rate.FormOrOff)] string Rate);

/// <summary>How text that a stranger may have written is handed to a model.</summary>
internal sealed record UntrustedSettings(
    [Description("envelope marks such text as data; off hands it over bare.")] Wrapping Wrapping = Wrapping.Envelope);

/// <summary>Whether untrusted text is marked.</summary>
internal enum Wrapping
{
    [JsonStringEnumMemberName("envelope")]
    Envelope,

    [JsonStringEnumMemberName("off")]
    Off,
}
