using System.Globalization;
using Sallyport.Core;

namespace Sallyport.Connectors.Network.Nmap.Planning;

/// <summary>Turns the typed fields of a request into options.</summary>
internal static class TypedFields
{
    public static void AddTo(OptionSet options, ScanRequest request)
    {
        AddScan(options, request.Scan);
        if (request.Ports is not null && request.TopPorts is not null)
            throw new InvalidArgumentsException("Give ports or top_ports, not both.");
        AddIf(request.Ports is not null, "-p", request.Ports);
        Number("--top-ports", request.TopPorts);
        AddIf(request.ServiceVersions || request.VersionIntensity is not null, "-sV");
        Number("--version-intensity", request.VersionIntensity);
        AddIf(request.OsDetection, "-O");
        AddIf(request.Traceroute, "--traceroute");
        AddIf(request.Scripts.Count > 0, "--script", string.Join(',', request.Scripts));
        AddIf(request.Timing is not null, $"-T{request.Timing ?? 0}");
        AddIf(request.HostDiscovery == HostDiscovery.Skip, "-Pn");
        AddIf(request.HostDiscovery == HostDiscovery.Only, "-sn");
        AddIf(request.OpenOnly, "--open");
        AddIf(request.Reason, "--reason");
        if (request.ResolveNames) options.Exclude(OptionSource.TypedField, "-n");
        Number("--min-rate", request.MinRate);
        Number("--max-rate", request.MaxRate);

        void AddIf(bool asked, string name, string? value = null)
        {
            if (asked) options.Add(OptionSource.TypedField, name, value);
        }

        void Number(string name, int? value) => AddIf(value is not null, name, value?.ToString(CultureInfo.InvariantCulture));
    }

    private static void AddScan(OptionSet options, ScanKind scan)
    {
        if (scan == ScanKind.Auto) return;
        Decide(NmapFlags.TcpSlot, scan switch { ScanKind.Connect => "-sT", ScanKind.Udp => null, _ => "-sS" });
        Decide(NmapFlags.UdpSlot, scan is ScanKind.Udp or ScanKind.SynAndUdp ? "-sU" : null);

        void Decide(string slot, string? name)
        {
            if (name is null) options.Exclude(OptionSource.TypedField, slot);
            else options.Add(OptionSource.TypedField, name);
        }
    }
}
