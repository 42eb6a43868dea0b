using System.Text.Json;

namespace Sallyport.Connectors.Vectra.Access;

/// <summary>Spells members of our closed lists as the platform does.</summary>
internal static class VectraNames
{
    public static IEnumerable<string>? Of<T>(IReadOnlyList<T>? values)
        where T : struct, Enum
        => values is null or { Count: 0 } ? null : values.Select(static value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
}
