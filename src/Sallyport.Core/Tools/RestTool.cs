using System.Text.Json.Serialization.Metadata;
using Sallyport.Core.Schemas;

namespace Sallyport.Core.Tools;

/// <summary>Tools that are exactly one REST operation, written as rows.</summary>
public static class RestTool
{
    public static Tool Read<TArguments>(
        string name, string description, string operation, Func<JsonTypeInfo<TArguments>> arguments, string service = "")
        => Row(ToolAccess.Read, name, description, operation, arguments, service);

    public static Tool Write<TArguments>(
        string name, string description, string operation, Func<JsonTypeInfo<TArguments>> arguments, string service = "")
        => Row(ToolAccess.Write, name, description, operation, arguments, service);

    private static Tool Row<TArguments>(
        ToolAccess access, string name, string description, string operation, Func<JsonTypeInfo<TArguments>> arguments, string service)
    {
        var rest = new RestOperation(operation, access, service);
        var tool = Tool.New(access, name, description, JsonSchema.Of(arguments), async (client, utf8, context, cancellationToken) =>
        {
            var platform = (IRestClient)client;
            return await platform.SendAsync(rest.Fill(utf8, platform.TemplateFor(rest)), context, cancellationToken);
        });
        return tool with { Operation = rest };
    }
}
