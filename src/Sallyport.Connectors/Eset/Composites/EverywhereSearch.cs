using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Composites;

/// <summary>Looks for a piece of text in the names, addresses and descriptions of devices, users, policies and groups.</summary>
internal static class EverywhereSearch
{
    private const int PageSize = 1000;

    /// <summary>Pages read per kind: 50,000 rows.</summary>
    private const int MaxPages = 50;
    private const int MaxSnippet = 500;

    private static readonly Place[] Places =
    [
        new(SearchKind.Device, "device-management", "/v1/devices", "devices",
            ["displayName", "originalDisplayName", "description", "primaryLocalIpAddress", "publicIpAddress", "tags[]"]),
        new(SearchKind.User, "user-management", "/v1/users", "users",
            ["displayName", "primaryEmailAddress", "proxyEmailAddresses[]", "identities[].userName", "department", "jobTitle"]),
        new(SearchKind.Policy, "policy-management", "/v2/policies", "policies", ["displayName", "description"]),
        new(SearchKind.Group, "device-management", "/v1/device_groups", "deviceGroups", ["displayName"]),
    ];

    public static async Task<ToolContent> RunAsync(EsetClient eset, Search args, ToolContext context, CancellationToken cancellationToken)
    {
        var needle = args.Query.Trim();
        var kinds = needle.Length == 0 ? [] : args.Kinds is { Count: > 0 } asked ? asked.Distinct() : Enum.GetValues<SearchKind>();
        var searches = kinds.Select(kind => new Found(Places.Single(place => place.Kind == kind))).ToList();
        using var parts = new Parts(eset, context);
        await Task.WhenAll(searches.Select(found => LookAsync(parts, found, needle, args.LimitPerKind, cancellationToken)));
        return Parts.Content(new JsonObject
        {
            ["query"] = args.Query,
            ["matches"] = new JsonArray([.. searches.SelectMany(found => found.Matches)]),
            ["total"] = searches.Sum(found => found.Matches.Count),
            ["scanned"] = new JsonObject(searches.Select(found => KeyValuePair.Create(found.Place.Name, (JsonNode?)found.Scanned))),
            ["truncated"] = new JsonObject(searches.Select(found => KeyValuePair.Create(found.Place.Name, (JsonNode?)found.IsTruncated))),
            ["skipped"] = new JsonArray([.. searches.Where(found => found.Failure is not null)
                .Select(found => new JsonObject { ["kind"] = found.Place.Name, ["reason"] = found.Failure })]),
        });
    }

    /// <summary>Walks the pages of one kind. What was found before a page failed is kept.</summary>
    private static async Task LookAsync(Parts parts, Found found, string needle, int limit, CancellationToken cancellationToken)
    {
        try
        {
            var token = "";
            for (var page = 0; page < MaxPages; page++)
            {
                var query = $"?pageSize={PageSize}{(token.Length == 0 ? "" : $"&pageToken={Uri.EscapeDataString(token)}")}";
                var answer = await parts.GetAsync(found.Place.Service, found.Place.Path + query, cancellationToken);
                if (found.Look(answer, needle, limit))
                    return;
                token = answer.TryGetProperty("nextPageToken", out var next) ? next.GetString() ?? "" : "";
                if (token.Length == 0)
                    return;
            }

            found.IsTruncated = true;
        }
        catch (UpstreamException exception)
        {
            found.Failure = exception.Message;
        }
    }

    /// <summary>Where one kind is listed, and which of its texts are looked at, in order.</summary>
    private sealed record Place(SearchKind Kind, string Service, string Path, string Items, string[] Fields)
    {
        public string Name => Kind.ToString().ToLowerInvariant();
    }

    /// <summary>What was found of one kind so far.</summary>
    private sealed class Found(Place place)
    {
        public Place Place => place;

        public List<JsonNode> Matches { get; } = [];

        public int Scanned { get; private set; }

        /// <summary>There may be more matches than are given.</summary>
        public bool IsTruncated { get; set; }

        public string? Failure { get; set; }

        /// <summary>Looks through one page; true when enough was found.</summary>
        public bool Look(JsonElement page, string needle, int limit)
        {
            if (!page.TryGetProperty(place.Items, out var items) || items.ValueKind != JsonValueKind.Array)
                return false;
            foreach (var item in items.EnumerateArray())
            {
                if (Matches.Count == limit)
                {
                    IsTruncated = true;
                    return true;
                }

                Scanned++;
                if (Match(item, needle) is { } match)
                    Matches.Add(match);
            }

            return false;
        }

        private JsonObject? Match(JsonElement item, string needle)
        {
            foreach (var field in place.Fields)
            {
                foreach (var text in Texts(item, field))
                {
                    if (text.Contains(needle, StringComparison.OrdinalIgnoreCase))
                    {
                        return new JsonObject
                        {
                            ["kind"] = place.Name,
                            ["uuid"] = Text(item, "uuid"),
                            ["displayName"] = Text(item, "displayName"),
                            ["matchedField"] = field,
                            ["snippet"] = text.Length > MaxSnippet ? text[..MaxSnippet] : text,
                        };
                    }
                }
            }

            return null;
        }

        /// <summary><c>x</c> is a text, <c>x[]</c> a list of texts, <c>x[].y</c> a text in each object of a list.</summary>
        private static IEnumerable<string> Texts(JsonElement item, string field)
        {
            var list = field.IndexOf("[]", StringComparison.Ordinal);
            if (list < 0)
                return Text(item, field) is { } text ? [text] : [];
            if (!item.TryGetProperty(field[..list], out var values) || values.ValueKind != JsonValueKind.Array)
                return [];
            var inner = field[(list + 2)..].TrimStart('.');
            return values.EnumerateArray().Select(value => inner.Length == 0 ? AsText(value) : Text(value, inner)).OfType<string>();
        }

        private static string? Text(JsonElement item, string name)
            => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) ? AsText(value) : null;

        private static string? AsText(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
