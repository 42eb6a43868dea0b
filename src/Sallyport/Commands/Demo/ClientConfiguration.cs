namespace Sallyport.Commands.Demo;

/// <summary>What to paste into an MCP client so that it reaches this gate.</summary>
internal static class ClientConfiguration
{
    public static void Print(Uri address, string token, OperatorConsole console)
    {
        var endpoint = new Uri(address, "mcp");
        var (program, first) = ThisProgram();
        console.Result($$"""

            The gate keeps serving at {{endpoint}}. Connect a client of your own:

            Claude Code
              claude mcp add --transport http sallyport {{endpoint}} --header "Authorization: Bearer {{token}}"

            Claude Desktop (claude_desktop_config.json)
              { "mcpServers": { "sallyport": { "command": "{{program}}", "args": [{{first}}"demo", "--stdio"] } } }

            VS Code (.vscode/mcp.json)
              { "servers": { "sallyport": { "type": "http", "url": "{{endpoint}}", "headers": { "Authorization": "Bearer {{token}}" } } } }

            MCP Inspector
              npx @modelcontextprotocol/inspector --cli {{endpoint}} --transport http --header "Authorization: Bearer {{token}}" --method tools/list

            Ctrl-C ends it.
            """);
        console.Output.Flush();
    }

    /// <summary>How this very program is started from anywhere: by its path, or by the runtime's with the program as first argument.</summary>
    private static (string Program, string First) ThisProgram()
    {
        var path = Environment.ProcessPath ?? "sallyport";
        return Environment.GetCommandLineArgs()[0] is var started && started.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? (path, $"\"{Path.GetFullPath(started)}\", ")
            : (path, "");
    }
}
