using Sallyport.Connectors.Vectra.Access;
using Sallyport.Connectors.Vectra.Detections;
using Sallyport.Connectors.Vectra.Entities;
using Sallyport.Connectors.Vectra.Graph;
using Sallyport.Connectors.Vectra.Investigations;
using Sallyport.Connectors.Vectra.Prompts;
using Sallyport.Connectors.Vectra.Sources;
using Sallyport.Core;
using Sallyport.Core.Prompts;
using Sallyport.Core.Settings;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra;

/// <summary>Vectra AI: what network sensors and cloud connections saw, on whom, and who looks after it.</summary>
public sealed class VectraConnector : IConnector
{
    public string Id => "vectra";

    public string Title => "Vectra AI";

    public IReadOnlyDictionary<WorkStep, IReadOnlyList<string>> Steps { get; } = new Dictionary<WorkStep, IReadOnlyList<string>>
    {
        [WorkStep.ListAlerts] = ["vectra_detections_summarize"],
        [WorkStep.ReadAlert] = ["vectra_detection_get"],
        [WorkStep.FindDevice] = ["vectra_entities_find", "vectra_host_find"],
        [WorkStep.LookAtDevice] = ["vectra_host_get"],
        [WorkStep.LookAtUser] = ["vectra_account_get"],
        [WorkStep.Record] = ["vectra_entity_note_create"],
        [WorkStep.Retire] = ["vectra_assignment_delete"],
    };

    public IReadOnlyList<Tool> Tools => field ??=
    [
        .. DetectionLists.All,
        EntityDetections.List,
        .. DetectionReads.All,
        GraphTool.Show,
        .. EntityLists.All,
        .. EntityFinds.All,
        .. EntityReads.All,
        .. AssignmentLists.All,
        .. AssignmentChanges.All,
        EntityNotes.Create,
        DetectionMarks.Mark,
        Users.List,
        Lockdowns.List,
    ];

    public IReadOnlyList<Source> Sources => VectraSources.All;

    public IReadOnlyList<Prompt> Prompts => VectraPrompts.All;

    public SettingsType Settings => VectraSettings.Type;

    public void ImportEnvironment(SettingsImport import) => VectraImport.Import(import);

    public IAsyncDisposable Connect(object settings, UpstreamContext context) => new VectraClient((VectraSettings)settings, context);

    public async Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken)
    {
        await using var response = await ((VectraClient)client).GetAsync(
            new VectraQuery("detections").With("fields", "id").With("page_size", 1), cancellationToken);
    }
}
