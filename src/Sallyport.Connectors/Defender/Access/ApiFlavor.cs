using System.Text.Json.Serialization;

namespace Sallyport.Connectors.Defender.Access;

/// <summary>Which of Microsoft's two interfaces a tenant is reached by.</summary>
internal enum ApiFlavor
{
    /// <summary>Microsoft Graph v1.0.</summary>
    [JsonStringEnumMemberName("graph")]
    Graph,

    /// <summary>The older Defender for Endpoint and Microsoft 365 Defender interfaces, which are being retired.</summary>
    [JsonStringEnumMemberName("legacy")]
    Legacy,
}
