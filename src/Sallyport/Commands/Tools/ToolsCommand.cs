using System.CommandLine;
using Sallyport.Connectors;
using Sallyport.Core.Schemas;
using Sallyport.Hosting;

namespace Sallyport.Commands.Tools;

/// <summary>Lists the catalogue exactly as a caller with that role and those tenants sees it.</summary>
internal static class ToolsCommand
{
    public static Command Build()
    {
        var file = OperatorSettings.FileOption();
        var json = new Option<bool>("--json") { Description = "As tools/list shows them, schemas included, with toolset, access and whether calls may be held." };
        var all = new Option<bool>("--all") { Description = "Also tools that are not listed, but found and called." };
        var reference = new Option<bool>("--reference") { Description = "Every tool, whether or not its program is on this machine, one a line: docs/reference/tools.json.", Hidden = true };
        var schemas = new Option<string?>("--schemas") { Description = "What an assembly keeps: src/*/schemas.txt.", HelpName = "ASSEMBLY", Hidden = true };
        var tenant = new Option<string?>("--tenant") { Description = "Only what can be called for this tenant.", HelpName = "T" };
        var role = new Option<string>("--role") { Description = "As a caller with this role.", HelpName = "R", DefaultValueFactory = _ => "admin" };
        var command = new Command("tools", "Lists the tools as a caller sees them.") { file, json, all, reference, schemas, tenant, role };
        command.SetAction(parse =>
        {
            var console = OperatorConsole.Of(parse);
            if (OperatorSettings.Load(OperatorSettings.Source(parse.GetValue(file)), console) is not { Settings: { } settings })
                return ExitCode.BadConfiguration;
            if (parse.GetValue(reference) || parse.GetValue(schemas) is not null)
            {
                var everything = GatewayBuilder.Offer(settings, BuiltInConnectors.All, static _ => true);
                console.Output.Write(parse.GetValue(schemas) is { } assembly ? ToolJson.Schemas(everything, assembly) : ToolJson.Reference(everything));
                return ExitCode.Well;
            }

            return List(GatewayBuilder.Offer(settings, BuiltInConnectors.All), parse.GetValue(role)!, parse.GetValue(tenant), parse.GetValue(json), parse.GetValue(all), console);
        });
        return command;
    }

    private static int List(GatewayOffer gate, string role, string? tenant, bool asJson, bool isAll, OperatorConsole console)
    {
        if (tenant is not null && gate.Tenants.Tenants.All(known => known.Id != tenant))
            return console.Fail($"The tenant '{tenant}' {Suggestion.For(tenant, gate.Tenants.Tenants.Select(known => known.Id))}", "'sallyport config show' lists the tenants.", ExitCode.BadConfiguration);
        if (!gate.Authorizer.Knows(role))
            return console.Fail($"There is no role '{role}'.", "Built in are reader, scanner, writer, approver and admin; 'roles:' in the settings can name more.", ExitCode.BadConfiguration);
        var listing = isAll ? ToolJson.Everything(gate) : gate.Listing;
        var list = listing.For(GateSession.Operator with { Role = role, Tenants = [tenant ?? "*"] });
        if (asJson)
            console.Result(ToolJson.Of(list, gate));
        else
            ToolTable.Print(list, gate.Policy, Terminal.Of(console.Output));
        console.Note($"{list.Listed.Count} tools for role {role}.");
        foreach (var line in ToolTable.Unlisted(list))
            console.Note(line);
        return ExitCode.Well;
    }
}
