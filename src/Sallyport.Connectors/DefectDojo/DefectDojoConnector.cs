using Sallyport.Connectors.DefectDojo.Sources;
using Sallyport.Connectors.DefectDojo.Tools;
using Sallyport.Core;
using Sallyport.Core.Prompts;
using Sallyport.Core.Settings;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.DefectDojo;

/// <summary>DefectDojo: products, engagements, tests, findings and their lifecycle, and scanners' reports.</summary>
internal sealed class DefectDojoConnector : IConnector
{
    public string Id => "defectdojo";

    public string Title => "DefectDojo";

    public IReadOnlyList<string> QuietToolsets { get; } = ["creation"];

    public IReadOnlyDictionary<WorkStep, IReadOnlyList<string>> Steps { get; } = new Dictionary<WorkStep, IReadOnlyList<string>>
    {
        [WorkStep.ListWeaknesses] = ["defectdojo_findings_list"],
        [WorkStep.Record] = ["defectdojo_finding_note_add"],
    };

    public IReadOnlyList<Tool> Tools => field ??= [.. HealthTools.All, .. CatalogTools.All, .. FindingTools.All, .. CreationTools.All, .. LifecycleTools.All, .. RemarkTools.All, .. ImportTools.All];

    public IReadOnlyList<Source> Sources => DojoSources.All;

    public SettingsType Settings => field ??= SettingsType.Of(static () => DefectDojoSettingsJson.Default.DefectDojoSettings, DefectDojoSettings.Check);

    public bool CanUse(Tool tool, object settings) => tool.Access == ToolAccess.Read || ((DefectDojoSettings)settings).KeyForWrites is { IsEmpty: false };

    public void ImportEnvironment(SettingsImport import) => DefectDojoImport.Import(import);

    public IAsyncDisposable Connect(object settings, UpstreamContext context) => new DefectDojoClient((DefectDojoSettings)settings, context);

    public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken)
        => ((DefectDojoClient)client).GetAsync("user_profile/", "", "user", cancellationToken);
}
