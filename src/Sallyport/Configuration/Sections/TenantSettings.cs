using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Sallyport.Configuration.Sections;

/// <summary>One customer environment: whether it may be changed, and the settings of each platform it has.</summary>
internal sealed record TenantSettings(
    [Description("ro refuses every write here; rw allows them if the gate as a whole does. The gate's mode when left out.")] AccessMode? Mode = null)
{
    /// <summary>Each platform's settings by connector id, in the type that connector understands.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, object> Connectors { get; init; } = ImmutableDictionary<string, object>.Empty;

    /// <summary>Differs when anything in this section does, secrets among it; never shown.</summary>
    [JsonIgnore]
    public string? Fingerprint { get; init; }
}
