using System.CommandLine;
using System.Text;
using Sallyport.Connectors;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Discovery;
using Sallyport.Hosting;

namespace Sallyport.Commands;

/// <summary>Lists the catalogue exactly as a caller with that role and those tenants sees it.</summary>
internal static class ToolsCommand
{
    public static Command Build()
    {
        var file = OperatorSettings.FileOption();
        var json = new Option<bool>("--json") { Description = "As tools/list shows them, schemas included." };
        var tenant = new Option<string?>("--tenant") { Description = "Only what can be called for this tenant.", HelpName = "T" };
        var role = new Option<string>("--role") { Description = "As a caller with this role.", HelpName = "R", DefaultValueFactory = _ => "admin" };
        var command = new Command("tools", "Lists the tools as a caller sees them.") { file, json, tenant, role };
        command.SetAction(parse =>
        {
            var console = OperatorConsole.Of(parse);
            return OperatorSettings.Load(OperatorSettings.Source(parse.GetValue(file)), console) is { Settings: { } settings }
                ? List(GatewayBuilder.Offer(settings, BuiltInConnectors.All), parse.GetValue(role)!, parse.GetValue(tenant), parse.GetValue(json), console)
                : ExitCode.BadConfiguration;
        });
        return command;
    }

    private static int List(GatewayOffer gate, string role, string? tenant, bool asJson, OperatorConsole console)
    {
        if (tenant is not null && gate.Tenants.Tenants.All(known => known.Id != tenant))
            return console.Fail($"The tenant '{tenant}' {Suggestion.For(tenant, gate.Tenants.Tenants.Select(known => known.Id))}", "'sallyport config show' lists the tenants.", ExitCode.BadConfiguration);
        if (!gate.Authorizer.Knows(role))
            return console.Fail($"There is no role '{role}'.", "Built in are reader, scanner, writer, approver and admin; 'roles:' in the settings can name more.", ExitCode.BadConfiguration);
        var list = gate.Listing.For(GateSession.Operator with { Role = role, Tenants = [tenant ?? "*"] });
        if (asJson)
        {
            console.Result($"{{\"tools\":{Encoding.UTF8.GetString(list.Utf8.Span)}}}");
            return ExitCode.Well;
        }

        var width = list.Entries.Select(entry => entry.Name.Length).DefaultIfEmpty().Max();
        foreach (var entry in list.Entries)
        {
            var kind = entry.Tool.Access == ToolAccess.Read ? "read " : entry.Tool.IsDestructive ? "WRITE" : "write";
            console.Result($"{ToolListing.NameOf(entry, gate.UsesAliases).PadRight(width)}  {kind}  {entry.Tool.Description}");
        }

        console.Note($"{list.Entries.Count} tools for role {role}; WRITE removes, overwrites or cuts off.");
        return ExitCode.Well;
    }
}
