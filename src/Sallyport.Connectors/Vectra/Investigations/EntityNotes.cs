using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Investigations;

/// <summary>The tool that writes a note on a host or an account.</summary>
internal static class EntityNotes
{
    private const int LongestNote = 8000;

    public static Tool Create { get; } = Tool.Raw<VectraClient, CreateNote>(
        ToolAccess.Write, "vectra_entity_note_create",
        "Adds a note to a host or an account, for colleagues to read in the portal.",
        static () => VectraJson.Default.CreateNote, CreateAsync)
        with
    { Alias = "create_entity_note", Title = "Add a note", UntrustedMembers = ["note"], Toolset = "investigations" };

    private static async Task<ToolContent> CreateAsync(VectraClient vectra, CreateNote args, ToolContext context, CancellationToken cancellationToken)
    {
        var note = string.Concat(args.Note.Where(static letter => !char.IsControl(letter) || letter is '\n' or '\t'));
        if (string.IsNullOrWhiteSpace(note) || note.Length > LongestNote)
            throw new InvalidArgumentsException($"note: must hold 1 to {LongestNote} characters that can be seen.");
        var response = await vectra.ChangeAsync(
            HttpMethod.Post, vectra.Api.EntityNotes(args.EntityType, args.EntityId),
            () => new FormUrlEncodedContent([KeyValuePair.Create("note", note)]), cancellationToken);
        return response.PassOn();
    }
}

/// <summary>A note and what it is about.</summary>
internal sealed record CreateNote(
    [Description("Id of the host or account."), Range(1, int.MaxValue)] long EntityId,
    [Description("What the id is."), AllowedValues("host", "account")] string EntityType,
    [Description("Plain text."), StringLength(8000, MinimumLength = 1)] string Note);
