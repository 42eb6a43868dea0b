using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Discovery;

/// <summary>The gate's own tools for the tools that are not listed: find one by words, read how it is called, call it.</summary>
public static class DiscoveryTools
{
    public const string Find = "tools_find";
    public const string Describe = "tools_describe";
    public const string Call = "tools_call";

    /// <summary>Takes the place of a schema that no type describes: the inner tool's own decides.</summary>
    private const string CallSchema =
        """
        {"type":"object","properties":{"tool":{"type":"string","description":"Name as tools_find gives it.","maxLength":64},"arguments":{"type":"object","description":"As tools_describe shows them."},"tenant":{"type":"string","maxLength":64},"approval":{"type":"string","maxLength":64}},"required":["tool"],"additionalProperties":false}
        """;

    /// <param name="listFor">What a caller may use, which is all that is ever found.</param>
    public static IReadOnlyList<CatalogEntry> For(Func<Caller, ToolList> listFor, ApprovalPolicy approvals)
    {
        // A tenant that is named narrows: the list is then that of somebody who has this tenant only.
        Func<ToolCall, object> desk = call => new ToolDesk(listFor(call.Tenant == Tenant.None ? call.Caller : call.Caller with { Tenants = [call.Tenant.Id] }), approvals);
        return
        [
            Entry(Finding) with { ClientOf = desk },
            Entry(Describing) with { ClientOf = desk },
            Entry(Calling) with { ClientOf = desk, IsRelay = true },
        ];
    }

    private static Tool Finding { get; } = Tool.Read(
        Find,
        "Finds tools by what you want to do, such as 'isolate a laptop' or 'who clicked a link': name, what it does, what it needs. Only tools you may use are found.",
        static () => DiscoveryJson.Default.FindTools, static () => DiscoveryJson.Default.FoundTools,
        static (ToolDesk desk, FindTools find, CancellationToken _) => Task.FromResult(desk.Find(find.Query, find.Limit))) with
    { Title = "Find a tool" };

    private static Tool Describing { get; } = Tool.Raw<ToolDesk, DescribeTool>(
        ToolAccess.Read, Describe, "Describes one tool: its arguments as JSON Schema, whether it changes anything or may be held for a person, and an example call.",
        static () => DiscoveryJson.Default.DescribeTool,
        static (desk, describe, _, _) => Task.FromResult(desk.Describe(describe.Tool))) with
    { Title = "Describe a tool" };

    private static Tool Calling { get; } = new()
    {
        Name = Call,
        Title = "Call a tool",
        Description = "Calls a tool that tools_find found. The same rules hold as for calling it by name, which works too.",
        Access = ToolAccess.Write,
        Permission = ToolPermission.Discover,
        Input = JsonSchema.Parse(Encoding.UTF8.GetBytes(CallSchema)),
        Handler = static (_, _, _, _) => throw new NotSupportedException("What it carries is called in its place."),
    };

    private static CatalogEntry Entry(Tool tool) => new(GateConnector.Instance, tool with { Permission = ToolPermission.Discover, IsLean = true }, tool.Input) { IsAboutGate = true };
}

/// <summary>What to look for.</summary>
internal sealed record FindTools(
    [Description("What you want to do, in your words."), StringLength(200, MinimumLength = 1)] string Query,
    [Description("How many to return."), Range(1, 20)] int Limit = 8);

/// <summary>Which tool to describe.</summary>
internal sealed record DescribeTool([Description("Name as tools_find gives it."), StringLength(64, MinimumLength = 1)] string Tool);

/// <summary>What was found, best first.</summary>
internal sealed record FoundTools(IReadOnlyList<FoundTool> Tools, string? Hint);

/// <summary>One tool in short.</summary>
/// <param name="Needs">Required arguments with what they take.</param>
/// <param name="Changes">Set when it changes something.</param>
internal sealed record FoundTool(string Name, string Does, string? Needs, bool? Changes);

/// <summary>The wire types of finding and describing tools.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FindTools))]
[JsonSerializable(typeof(FoundTools))]
[JsonSerializable(typeof(DescribeTool))]
internal sealed partial class DiscoveryJson : JsonSerializerContext;
