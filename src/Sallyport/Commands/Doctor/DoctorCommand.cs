using System.CommandLine;
using System.Text;
using System.Text.Json;
using Sallyport.Connectors;
using Sallyport.Core;
using Sallyport.Core.Processes;
using Spectre.Console;

namespace Sallyport.Commands.Doctor;

/// <summary>Looks at everything the gate depends on and says what to do about what is not well.</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        var file = OperatorSettings.FileOption();
        var json = new Option<bool>("--json") { Description = "As a JSON array." };
        var command = new Command("doctor", "Checks settings, permissions, certificates, platforms and programs; exit code 1 when something is broken.") { file, json };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var console = OperatorConsole.Of(parse);
            var loaded = OperatorSettings.Source(parse.GetValue(file)).Load();
            if (loaded.Settings is not { } settings)
            {
                var problems = loaded.Problems.Select(problem => new Finding("settings", loaded.File ?? "settings", Health.Broken, problem.ToString(), "Correct it; 'sallyport config check' checks again."));
                Print([.. problems], parse.GetValue(json), console);
                return ExitCode.BadConfiguration;
            }

            using var logs = GateSession.Quiet(settings, console);
            List<Finding> findings =
            [
                .. FileChecks.Of(loaded),
                .. CertificateChecks.Of(settings, TimeProvider.System.GetUtcNow()),
                .. ProgramChecks.Of(settings, BuiltInConnectors.All, ProgramFinder.System),
                .. await PlatformChecks.OfAsync(settings, BuiltInConnectors.All, logs, cancellationToken),
            ];
            Print(findings, parse.GetValue(json), console);
            return findings.Any(finding => finding.Health == Health.Broken) ? ExitCode.Problem : ExitCode.Well;
        });
        return command;
    }

    private static void Print(List<Finding> findings, bool asJson, OperatorConsole console)
    {
        if (asJson)
            console.Result(Json(findings));
        else
            Lines(findings, Terminal.Of(console.Output));
    }

    private static void Lines(List<Finding> findings, IAnsiConsole terminal)
    {
        foreach (var area in findings.GroupBy(finding => finding.Area))
        {
            terminal.MarkupLineInterpolated($"[bold]{area.Key}[/]");
            foreach (var finding in area)
            {
                var (mark, colour) = finding.Health switch
                {
                    Health.Well => ("ok", "green"),
                    Health.Weak => ("weak", "yellow"),
                    _ => ("BROKEN", "red"),
                };
                terminal.Markup($"  [{colour}]{mark,-6}[/] ");
                terminal.WriteLine($"{finding.Subject}: {finding.Says}");
                if (finding.Remedy is not null)
                    terminal.WriteLine($"         {finding.Remedy}");
            }
        }

        var broken = findings.Count(finding => finding.Health == Health.Broken);
        terminal.WriteLine(broken == 0 ? "All well." : $"{broken} broken.");
    }

    private static string Json(List<Finding> findings)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, PlainJson.Options))
        {
            json.WriteStartArray();
            foreach (var finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("area", finding.Area);
                json.WriteString("subject", finding.Subject);
                json.WriteString("health", finding.Health switch { Health.Well => "well", Health.Weak => "weak", _ => "broken" });
                json.WriteString("says", finding.Says);
                if (finding.Remedy is not null)
                    json.WriteString("remedy", finding.Remedy);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
