using System.CommandLine;
using System.Text;
using System.Text.Json;
using Sallyport.Configuration;
using Sallyport.Connectors;
using Sallyport.Core.Schemas;

namespace Sallyport.Commands;

/// <summary>Checks the settings, shows them, or prints the schema that editors complete them with.</summary>
internal static class ConfigCommand
{
    public static Command Build() => new("config", "Checks and shows the settings.")
    {
        Check(),
        Schema(),
        Show(),
    };

    /// <summary>The schema as it is printed and kept in the repository.</summary>
    public static string SchemaText(JsonSchema schema)
    {
        using var document = JsonDocument.Parse(schema.Utf8);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            document.WriteTo(json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static Command Check()
    {
        var file = OperatorSettings.FileOption();
        var command = new Command("check", "Names every mistake in the settings; exit code 2 when there is one.") { file };
        command.SetAction(parse =>
        {
            var console = OperatorConsole.Of(parse);
            if (OperatorSettings.Load(OperatorSettings.Source(parse.GetValue(file)), console) is not { Settings: { } settings } loaded)
                return ExitCode.BadConfiguration;
            console.Result($"{loaded.File ?? "No settings file; the defaults"}: all well, {settings.Tenants.Count} tenant(s), {settings.Callers.Count} caller(s).");
            return ExitCode.Well;
        });
        return command;
    }

    private static Command Schema()
    {
        var command = new Command("schema", "Prints the JSON Schema of the settings file.");
        command.SetAction(parse => OperatorConsole.Of(parse).Result(SchemaText(SettingsSchema.Write(BuiltInConnectors.All).Schema)));
        return command;
    }

    private static Command Show()
    {
        var file = OperatorSettings.FileOption();
        var json = new Option<bool>("--json") { Description = "As JSON: path, value, from." };
        var command = new Command("show", "Prints the settings in force, secrets as ***, with where each came from.") { file, json };
        command.SetAction(parse =>
        {
            var console = OperatorConsole.Of(parse);
            if (OperatorSettings.Load(OperatorSettings.Source(parse.GetValue(file)), console) is not { View: { } view })
                return ExitCode.BadConfiguration;
            if (parse.GetValue(json))
                console.Result(view.ToJson());
            else
                Print(view, console);
            return ExitCode.Well;
        });
        return command;
    }

    private static void Print(SettingsView view, OperatorConsole console)
    {
        var lines = view.Settings.Select(setting => (Text: $"{setting.Path}: {setting.Value}", From: setting.From.ToString())).ToList();
        var width = Math.Min(64, lines.Select(line => line.Text.Length).DefaultIfEmpty().Max());
        foreach (var (text, from) in lines)
            console.Result($"{text.PadRight(width)}  # {from}");
    }
}
