using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.DefectDojo.Arguments;

/// <summary>Which finding to close, and why.</summary>
internal sealed record CloseFinding(
    [property: Description("Finding id."), Range(1, int.MaxValue)] int FindingId,
    [property: Description("Why it is closed."), AllowedValues("mitigated", "false_positive", "out_of_scope", "duplicate")] string Reason,
    [property: Description("A public note."), StringLength(10000)] string? Note = null,
    [property: Description("Note type id."), Range(1, int.MaxValue)] int? NoteTypeId = null,
    [property: Description("With reason duplicate: the finding it duplicates; links the two."), Range(1, int.MaxValue)] int? DuplicateOf = null);

/// <summary>Which finding to reopen.</summary>
internal sealed record ReopenFinding(
    [property: Description("Finding id."), Range(1, int.MaxValue)] int FindingId,
    [property: Description("A public note."), StringLength(10000)] string? Note = null,
    [property: Description("Also end a risk acceptance; without it such a finding is refused.")] bool ClearRiskAcceptance = false);

/// <summary>A note to add.</summary>
internal sealed record AddNote(
    [property: Description("Finding id."), Range(1, int.MaxValue)] int FindingId,
    [property: Description("The note's text."), StringLength(10000, MinimumLength = 1)] string Entry,
    [property: Description("Only for users of the platform.")] bool Private = false,
    [property: Description("Note type id."), Range(1, int.MaxValue)] int? NoteTypeId = null);

/// <summary>Tags to add or remove.</summary>
internal sealed record ChangeTags(
    [property: Description("Finding id."), Range(1, int.MaxValue)] int FindingId,
    [property: Description("Tags, without blanks; stored in lower case."), ItemCount(1, 50)] IReadOnlyList<string> Tags);
