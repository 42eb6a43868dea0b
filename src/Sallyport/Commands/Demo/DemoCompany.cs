using System.Security.Cryptography;
using Sallyport.Configuration;
using Sallyport.Core;
using Sallyport.Core.Schemas;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Commands.Demo;

/// <summary>The simulated company, a gate's settings for it, and the callers that the tour plays; gone when disposed.</summary>
internal sealed class DemoCompany : IAsyncDisposable
{
    /// <summary>Read-only unless the operator says otherwise.</summary>
    public const string Production = "production";

    /// <summary>The same company once more, where changes are allowed if a person agrees.</summary>
    public const string Lab = "lab";

    /// <summary>Settings that name a platform's address, whichever of them a connector has.</summary>
    private static readonly string[] AddressSettings = ["simulatorUrl", "baseUrl", "url", "apiBase", "authorityHost"];

    private readonly string _folder;

    private DemoCompany(SimulatedCompany company, string folder) => (Company, _folder) = (company, folder);

    public SimulatedCompany Company { get; }

    public string AgentToken { get; } = NewToken();

    public string ApproverToken { get; } = NewToken();

    public string AuditKey { get; } = RandomNumberGenerator.GetHexString(64, lowercase: true);

    public string AuditFile => Path.Combine(_folder, "audit.jsonl");

    public static async Task<DemoCompany> StartAsync(CancellationToken cancellationToken)
    {
        var company = await SimulatedCompany.StartAsync(new SimulatorOptions(), cancellationToken);
        return new DemoCompany(company, Directory.CreateTempSubdirectory("sallyport-demo-").FullName);
    }

    /// <summary>The settings an operator would write for this company, read and checked like any others.</summary>
    public SettingsSource Settings(IReadOnlyList<IConnector> connectors, string transport, string listen, string mode, string catalog)
    {
        List<CommandLineSetting> settings =
        [
            new("transport", transport, "demo"),
            new("http.listen", listen, "--listen"),
            new("catalog", catalog, "--catalog"),
            new("state.directory", _folder, "demo"),
            new("audit.hmacKey", AuditKey, "demo"),
            new("audit.durability", "os", "demo"),
            new("observability.logLevel", "error", "demo"),
            new("allowLoopbackUpstream", "true", "demo"),
            new("defaultTenant", Production, "demo"),
            new("callers.+", $$"""{"name":"agent","token":"{{AgentToken}}","role":"writer","tenants":["*"]}""", "demo"),
            new("callers.+", $$"""{"name":"analyst","token":"{{ApproverToken}}","role":"approver","tenants":["*"]}""", "demo"),
            new($"tenants.{Production}.mode", mode, "--mode"),
            new($"tenants.{Lab}.mode", "rw", "demo"),
        ];
        foreach (var connector in connectors)
            settings.AddRange(Section(connector).SelectMany(setting => new[] { Production, Lab }.Select(tenant => Setting(tenant, connector, setting))));
        // No variable and no file of the operator's own: this gate reaches nothing but the simulators.
        return new SettingsSource(new SettingsInputs(connectors, new Dictionary<string, string>(), _folder) { CommandLine = settings });
    }

    public async ValueTask DisposeAsync()
    {
        await Company.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static CommandLineSetting Setting(string tenant, IConnector connector, KeyValuePair<string, string> setting)
        => new($"tenants.{tenant}.{connector.Id}{(setting.Key.Length == 0 ? "" : "." + setting.Key)}", setting.Value, "demo");

    /// <summary>A platform that is simulated is signed in to with the simulator's own credentials; one that needs none is simply there.</summary>
    private Dictionary<string, string> Section(IConnector connector)
    {
        var schema = connector.Settings.Schema;
        var platform = Company.Platforms.FirstOrDefault(running => running.Name == connector.Id);
        if (platform is null)
            return schema.Validate("{}"u8).Count == 0 ? Alone(schema.Root) : [];
        var section = platform.Credentials.Where(credential => schema.Root.Properties.ContainsKey(credential.Key)).ToDictionary();
        foreach (var address in AddressSettings.Where(schema.Root.Properties.ContainsKey))
            section.TryAdd(address, platform.BaseUrl.GetLeftPart(UriPartial.Authority));
        return section;
    }

    /// <summary>Without a platform behind it, nothing but this machine is reached.</summary>
    private static Dictionary<string, string> Alone(SchemaNode schema)
        => schema.Properties.ContainsKey("allowedTargets") ? new() { ["allowedTargets"] = "loopback" } : new() { [""] = "{}" };

    private static string NewToken() => RandomNumberGenerator.GetHexString(40, lowercase: true);
}
