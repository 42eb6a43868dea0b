using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json.Serialization;
using Sallyport.Core;
using Sallyport.Core.Settings;
using Sallyport.Core.Tools;

namespace Sallyport.Tests.Gateway;

/// <summary>A platform that does not exist: its tools count their calls and answer what a test tells them to.</summary>
internal sealed class TestConnector(IReadOnlyList<Tool> tools, string id = "test") : IConnector
{
    public string Id => id;

    public string Title => "Testland";

    public IReadOnlyList<Tool> Tools => tools;

    public SettingsType Settings { get; } = SettingsType.Of(static () => TestJson.Default.Nothing);

    public IAsyncDisposable Connect(object settings, UpstreamContext context) => new TestClient(context.Tenant);

    public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A read that answers with the tenant it ran for.</summary>
    public static Tool Reading(string name = "test_things_list", Action? ran = null) => Tool.Raw<TestClient, Look>(
        ToolAccess.Read, name, "Lists things.", static () => TestJson.Default.Look, (client, look, _, _) =>
        {
            ran?.Invoke();
            return Task.FromResult(Json($$"""{"things":[{"id":{{look.Id}},"name":"of {{client.Tenant}}"}]}"""));
        }) with
    { Rows = "things" };

    public static Tool Writing(string name = "test_thing_change", Action? ran = null) => Tool.Raw<TestClient, Look>(
        ToolAccess.Write, name, "Changes a thing.", static () => TestJson.Default.Look, (_, look, _, _) =>
        {
            ran?.Invoke();
            return Task.FromResult(Json($$"""{"changed":{{look.Id}}}"""));
        }) with
    { IsDestructive = true };

    public static Tool Failing(Exception exception, string name = "test_thing_get") => Tool.Raw<TestClient, Look>(
        ToolAccess.Read, name, "Fails.", static () => TestJson.Default.Look, (_, _, _, _) => Task.FromException<ToolContent>(exception));

    public static ToolContent Json(string json) => ToolContent.FromJson(Encoding.UTF8.GetBytes(json));

    internal sealed class TestClient(string tenant) : IAsyncDisposable
    {
        public string Tenant => tenant;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    internal sealed record Look([Description("Which."), Range(1, 1000)] long Id = 1, [Description("Why."), StringLength(5000)] string? Note = null);
}

/// <summary>The wire types of a platform that does not exist.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(TestConnector.Look))]
internal sealed partial class TestJson : JsonSerializerContext;
