using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Investigations;

/// <summary>Tools that make and remove assignments. Each sends exactly one request, and neither knows the other's.</summary>
internal static class AssignmentChanges
{
    private const string Toolset = "investigations";

    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Raw<VectraClient, CreateAssignment>(
            ToolAccess.Write, "vectra_assignment_create",
            "Assigns a host or an account to a user. Fails with a conflict when it is assigned already.",
            static () => VectraJson.Default.CreateAssignment, CreateAsync)
            with { Alias = "create_assignment", Title = "Assign a host or account", UntrustedMembers = Untrusted.Members, Toolset = Toolset },
        Tool.Write<VectraClient, AssignmentRef, DeletedAssignment>(
            "vectra_assignment_delete",
            "Removes an assignment; the host or account is then looked after by nobody.",
            static () => VectraJson.Default.AssignmentRef, static () => VectraJson.Default.DeletedAssignment, DeleteAsync)
            with { Alias = "delete_assignment", Title = "Remove an assignment", IsDestructive = true, IsIdempotent = true, Toolset = Toolset },
    ];

    private static async Task<ToolContent> CreateAsync(VectraClient vectra, CreateAssignment args, ToolContext context, CancellationToken cancellationToken)
    {
        var isHost = args.AssignEntityType == "host";
        var order = new AssignmentOrder(args.AssignToUserId, isHost ? args.AssignEntityId : null, isHost ? null : args.AssignEntityId);
        await using var response = await vectra.ChangeAsync(
            HttpMethod.Post, new VectraQuery("assignments"), () => JsonContent.Create(order, AssignmentOrderJson.Default.AssignmentOrder), cancellationToken);
        var reply = await response.ReadAsync(VectraWireJson.Default.JsonElement, cancellationToken);
        if (reply.ValueKind == JsonValueKind.Object && reply.TryGetProperty("assignment", out var made)
            && made.ValueKind == JsonValueKind.Object && made.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number)
            return ToolContent.From(made, VectraWireJson.Default.JsonElement);
        throw new UpstreamException(UpstreamFailure.InvalidResponse, "Vectra took the request and did not answer with an assignment.")
        {
            Hint = "It may have been made; list the entity's assignments before trying again.",
        };
    }

    private static async Task<DeletedAssignment> DeleteAsync(VectraClient vectra, AssignmentRef args, CancellationToken cancellationToken)
    {
        await using var response = await vectra.ChangeAsync(HttpMethod.Delete, args.Path, body: null, cancellationToken);
        return new DeletedAssignment(args.AssignmentId, Deleted: true);
    }
}

/// <summary>Says who is to look after what.</summary>
internal sealed record CreateAssignment(
    [Description("Id of the user who is to look after it."), Range(1, int.MaxValue)] long AssignToUserId,
    [Description("Id of the host or account."), Range(1, int.MaxValue)] long AssignEntityId,
    [Description("What the id is."), AllowedValues("host", "account")] string AssignEntityType);

/// <summary>Confirms that an assignment is gone.</summary>
internal sealed record DeletedAssignment(long AssignmentId, bool Deleted);

/// <summary>An assignment to be made, on the wire.</summary>
internal sealed record AssignmentOrder(long AssignToUserId, long? AssignHostId, long? AssignAccountId);

/// <summary>The members of an assignment to be made; the one that does not apply is left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AssignmentOrder))]
internal sealed partial class AssignmentOrderJson : JsonSerializerContext;
