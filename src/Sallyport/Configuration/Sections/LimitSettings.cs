using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Sallyport.Configuration.Sections;

/// <summary>How much one caller may change in a span of time, and how large one result may be.</summary>
internal sealed record LimitSettings(
    [Description("Writes of one caller in a span of time, e.g. 60/60s."), RegularExpression(Rate.Form)] string Mutations = "60/60s",
    [Description("Writes of all callers without proof of identity together."), RegularExpression(Rate.Form)] string OpenAccessMutations = "10/60s",
    [Description("Bytes of one result; 0 sets no limit."), Range(0, 100_000_000)] int ResponseBytes = 100_000,
    [Description("Tokens of one result, estimated; 0 sets no limit."), Range(0, 10_000_000)] int ResponseTokens = 20_000,
    [Description("Tenants that one call to all of them asks at the same time."), Range(1, 20)] int FanOut = 5);

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
