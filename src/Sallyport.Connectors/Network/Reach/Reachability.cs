using System.Globalization;
using Sallyport.Connectors.Network.Running;
using Sallyport.Connectors.Network.Targets;
using Sallyport.Core.Processes;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network.Reach;

/// <summary>Asks whether one host answers, and by which way it is reached.</summary>
internal sealed class Reachability(Programs programs, TargetResolver resolver)
{
    public const string PingTool = "net_host_ping";
    public const string TraceTool = "net_route_trace";

    public static readonly ExternalProgram Ping = new("ping", "iputils-ping", "-V");
    public static readonly ExternalProgram Traceroute = new("traceroute", "traceroute", "--version");

    /// <summary>ping's way of saying that nothing came back, which is an answer.</summary>
    private const int NothingCameBack = 1;

    public async Task<PingResult> PingAsync(PingHost asked, TimeSpan longest, CancellationToken cancellationToken)
    {
        var target = await resolver.RequireAsync(asked.Target, 1, cancellationToken);
        string[] arguments = ["-n", "-c", Text(asked.Count), "-i", Text(asked.Interval), "-W", Text(asked.Wait), target.Text];
        var result = await programs.RunAsync(PingTool, Ping, arguments, longest, cancellationToken);
        if (result is { End: ProcessEnd.Exited, ExitCode: not (0 or NothingCameBack) }) throw Programs.Failure(Ping, result);
        return PingOutput.Read(result.Output.Text, target.Text, target.RequestedName);
    }

    public async Task<TraceResult> TraceAsync(TraceRoute asked, TimeSpan longest, CancellationToken cancellationToken)
    {
        var target = await resolver.RequireAsync(asked.Target, 1, cancellationToken);
        string[] arguments = ["-n", "-m", Text(asked.MaxHops), "-q", Text(asked.Probes), "-w", Text(asked.Wait), target.Text];
        var result = await programs.RunAsync(TraceTool, Traceroute, arguments, longest, cancellationToken);
        if (result is { End: ProcessEnd.Exited, ExitCode: not 0 }) throw Programs.Failure(Traceroute, result);
        return TraceOutput.Read(result.Output.Text, target.Text, target.RequestedName, result.End == ProcessEnd.Exited);
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
