using System.ComponentModel;
using System.Text.Json.Serialization;
using Sallyport.Configuration;
using Sallyport.Core;
using Sallyport.Core.Schemas;
using Sallyport.Core.Settings;
using Sallyport.Core.Tools;

namespace Sallyport.Tests.Configuration;

/// <summary>A directory of its own with the files, variables and options that one reading of the settings sees.</summary>
internal sealed class SettingsBench : IDisposable
{
    public SettingsBench() => Folder = Directory.CreateTempSubdirectory("sallyport-settings-").FullName;

    public string Folder { get; }

    public Dictionary<string, string> Variables { get; } = [];

    public List<CommandLineSetting> Options { get; } = [];

    public IReadOnlyList<IConnector> Connectors { get; init; } = [new Portal()];

    public string? Named { get; set; }

    public string Yaml { set => Write("sallyport.yaml", value); }

    public string DotEnv { set => Write(".env", value); }

    public string Write(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
        return path;
    }

    public SettingsSource Source() => new(new SettingsInputs(Connectors, Variables, Folder) { File = Named, Home = Path.Combine(Folder, "home"), CommandLine = Options });

    public LoadedSettings Load() => Source().Load();

    /// <summary>The settings, or a failure that says what was wrong with them.</summary>
    public SallyportSettings Settings()
    {
        var loaded = Load();
        Assert.Empty(Texts(loaded));
        return loaded.Settings!;
    }

    public IReadOnlyList<string> Problems() => Texts(Load());

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static IReadOnlyList<string> Texts(LoadedSettings loaded) => [.. loaded.Problems.Select(problem => problem.ToString())];
}

/// <summary>A platform that only has settings.</summary>
internal sealed class Portal : IConnector
{
    public string Id => "portal";

    public string Title => "Portal";

    public IReadOnlyList<Tool> Tools => [];

    public SettingsType Settings { get; } = SettingsType.Of(static () => PortalJson.Default.PortalSettings, settings =>
        settings.BaseUrl.StartsWith("https://", StringComparison.Ordinal) ? [] : [new SchemaError("baseUrl", "must be https")]);

    public void ImportEnvironment(SettingsImport import)
    {
        import.Map("PORTAL_URL", "tenants.default.portal.baseUrl");
        import.Map("PORTAL_SECRET", "tenants.default.portal.clientSecret");
    }

    public IAsyncDisposable Connect(object settings, UpstreamContext context) => throw new NotSupportedException();

    public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken) => Task.CompletedTask;
}

internal sealed record PortalSettings(
    [Description("Where it is.")] string BaseUrl, Secret? ClientSecret = null, bool Verify = true, int Timeout = 30, IReadOnlyList<string>? Sites = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PortalSettings))]
internal sealed partial class PortalJson : JsonSerializerContext;
