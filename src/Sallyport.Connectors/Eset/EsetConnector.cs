using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Sallyport.Connectors.Eset.Access;
using Sallyport.Core;
using Sallyport.Core.Settings;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset;

/// <summary>ESET Connect in the cloud and ESET PROTECT consoles.</summary>
public sealed partial class EsetConnector : IConnector
{
    public string Id => "eset";

    public string Title => "ESET";

    public IReadOnlyList<Tool> Tools => EsetTools.All;

    public IReadOnlyDictionary<string, string> RetiredAliases { get; } = FrozenDictionary.ToFrozenDictionary<string, string>(
    [
        new("auth_o_auth__token", "Tokens are got and renewed by the gate itself and never handed to a model; just call the tool you need."),
    ]);

    public SettingsType Settings => EsetSettings.Type;

    public void ImportEnvironment(SettingsImport import) => EsetEnvironment.Import(import);

    public IAsyncDisposable Connect(object settings, UpstreamContext context)
    {
        var eset = (EsetSettings)settings;
        if (!eset.VerifyCertificate && eset.Deployment == EsetDeployment.Onprem)
            LogUnverified(context.Loggers.CreateLogger("Sallyport.Eset"), context.Tenant);
        return new EsetClient(eset, context, new SignInGuard(context.Time));
    }

    public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken) => ((EsetClient)client).ProbeAsync(cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, EventName = "eset-certificate-unverified",
        Message = "Tenant {Tenant}: the certificate of its ESET console is not checked (verifyCertificate: false)")]
    private static partial void LogUnverified(ILogger logger, string tenant);
}
