using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Connectors.Vectra.Pages;
using Sallyport.Core;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Detections;

/// <summary>The tool that lists what was detected on one host or account.</summary>
internal static class EntityDetections
{
    public static Tool List { get; } = Tool.Raw<VectraClient, ListEntityDetections>(
        ToolAccess.Read, "vectra_entity_detections_list",
        "Lists the detections on one host or account. The same id can be a host and an account: name the type, or see whether the result says ambiguous_entity.",
        static () => VectraJson.Default.ListEntityDetections,
        static (vectra, args, context, _) => Task.FromResult(ListOf(vectra, args, context)))
        with
    { Alias = "list_entity_detections", Title = "List an entity's detections", Rows = "detections", UntrustedMembers = Untrusted.Members, Toolset = "detections" };

    /// <summary>The detections of one entity and the platform's list that holds them; the platform's own filter does not tell the kinds apart.</summary>
    public static VectraQuery Query(VectraClient vectra, long id, string? kind, string? state)
        => vectra.Api.IsAppliance && kind is null
            ? throw new InvalidArgumentsException("entity_type: is required, because this appliance counts hosts and accounts apart.")
            : vectra.Api.EntityDetections(kind, id).With("state", state);

    /// <summary>Whether a detection is on this host or on this account.</summary>
    public static bool IsOn(ReadOnlySpan<byte> row, string kind, long id)
        => JsonMember.Text(row, $"src_{kind}", "id") == id.ToString(CultureInfo.InvariantCulture);

    private static ToolContent ListOf(VectraClient vectra, ListEntityDetections args, ToolContext context)
    {
        var kinds = new EntityKinds();
        return new ListAnswer("detection_count", "detections")
        {
            IsFiltered = args.EntityType is not null,
            Show = row =>
            {
                if (args.EntityType is { } kind)
                    return IsOn(row.Span, kind, args.EntityId) ? row : default;
                kinds.See(row.Span);
                return row;
            },
            Finish = (json, _) => kinds.Write(json),
            Nothing = "No detections on this entity match.",
        }.Of(new PageWalk(vectra, Query(vectra, args.EntityId, args.EntityType, args.State), args.Limit, context));
    }

    /// <summary>Notices when one id stood for a host and for an account.</summary>
    private sealed class EntityKinds
    {
        private bool _hosts;
        private bool _accounts;

        public void See(ReadOnlySpan<byte> row)
        {
            _hosts |= JsonMember.Text(row, "src_host", "id") is not null;
            _accounts |= JsonMember.Text(row, "src_account", "id") is not null;
        }

        public void Write(Utf8JsonWriter json)
        {
            if (_hosts && _accounts)
                json.WriteBoolean("ambiguous_entity", true);
        }
    }
}

/// <summary>Asks for the detections on one host or account.</summary>
internal sealed record ListEntityDetections(
    [Description("Id of the host or account."), Range(1, int.MaxValue)] long EntityId,
    [Description(Words.State), NullMatters, AllowedValues("active", "inactive", "fixed", "filteredbyai", "filteredbyrule")] string? State = "active",
    [Description("Which of both is meant; left out: whatever has this id."), NullMatters, AllowedValues("host", "account")] string? EntityType = null,
    [Description(Words.Limit), Range(1, 5000)] int Limit = 1000);
