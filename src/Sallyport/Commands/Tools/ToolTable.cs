using System.Globalization;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Discovery;
using Spectre.Console;

namespace Sallyport.Commands.Tools;

/// <summary>The tools of a caller for people to read: what each does, what it may change, and whether a person is asked first.</summary>
internal static class ToolTable
{
    public static void Print(ToolList list, ApprovalPolicy approvals, IAnsiConsole terminal)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        table.AddColumn(new TableColumn("Tool").NoWrap());
        table.AddColumn(new TableColumn("Toolset").NoWrap());
        table.AddColumn(new TableColumn("Access").NoWrap());
        table.AddColumn(new TableColumn("Held").NoWrap());
        table.AddColumn("What it does");
        foreach (var entry in list.Listed)
        {
            table.AddRow(
                new Text(list.NameOf(entry)), new Text(entry.Toolset), Access(entry.Tool),
                new Text(approvals.CanHold(entry.Tool) ? "yes" : ""), new Text(ToolListing.InShort(entry.Tool)));
        }

        terminal.Write(table);
    }

    /// <summary>What can be used without being listed, and how to have it listed.</summary>
    public static IEnumerable<string> Unlisted(ToolList list)
    {
        var unlisted = list.Entries.Where(entry => !entry.IsAboutGate).Except(list.Listed).GroupBy(entry => entry.Toolset, StringComparer.Ordinal).ToList();
        if (unlisted.Count == 0)
            yield break;
        var groups = string.Join(", ", unlisted.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} ({group.Count()})")));
        yield return string.Create(CultureInfo.InvariantCulture, $"{unlisted.Sum(group => group.Count())} more are not listed, but found by {DiscoveryTools.Find} and called by name or through {DiscoveryTools.Call}: {groups}.");
        yield return $"To list some of them with catalog: full, name them in the settings, for example 'toolsets: {{ show: [{unlisted[0].Key}] }}'; 'sallyport tools --all' shows every one.";
    }

    private static Text Access(Tool tool) => tool switch
    {
        { Access: ToolAccess.Read } => new Text("read"),
        { IsDestructive: true } => new Text("destructive", new Style(Color.Red)),
        _ => new Text("write", new Style(Color.Yellow)),
    };
}
