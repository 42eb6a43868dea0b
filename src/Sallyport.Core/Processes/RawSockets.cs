using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Sallyport.Core.Processes;

/// <summary>Whether a program that we start may send packets of its own making (CAP_NET_RAW), looked at again every minute.</summary>
public sealed partial class RawSockets(TimeProvider clock)
{
    /// <summary>The bit of CAP_NET_RAW, from linux/capability.h.</summary>
    private const int NetRaw = 13;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long At, bool Allowed)> _seen = new(StringComparer.Ordinal);

    public bool AreAllowedFor(string program)
    {
        lock (_lock)
        {
            if (_seen.TryGetValue(program, out var seen) && clock.GetElapsedTime(seen.At) < Fresh) return seen.Allowed;
            var allowed = OperatingSystem.IsLinux() && Evaluate(File.ReadAllText("/proc/self/status"), HasFileCapability(FileCapabilities(program)));
            _seen[program] = (clock.GetTimestamp(), allowed);
            return allowed;
        }
    }

    /// <summary>What holds for a program started by a process with this <c>/proc/self/status</c>.</summary>
    /// <param name="programHasIt">The program's file carries the capability; it counts for nothing under NoNewPrivs.</param>
    internal static bool Evaluate(string status, bool programHasIt)
    {
        var fields = status.Split('\n').Select(line => line.Split('\t', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0].TrimEnd(':'), pair => pair[1], StringComparer.Ordinal);
        var isRoot = fields["Uid"].Split('\t')[1] == "0";
        if (isRoot && Has("CapBnd") && Has("CapPrm")) return true;
        return Has("CapAmb") || (programHasIt && Has("CapBnd") && fields["NoNewPrivs"] == "0");

        bool Has(string set) => (ulong.Parse(fields[set], NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << NetRaw)) != 0;
    }

    /// <summary>Reads the attribute <c>security.capability</c>: a version with the effective flag, then the permitted set.</summary>
    internal static bool HasFileCapability(ReadOnlySpan<byte> attribute)
        => attribute.Length >= 8 && (attribute[0] & 1) != 0 && (BinaryPrimitives.ReadUInt32LittleEndian(attribute[4..]) & (1u << NetRaw)) != 0;

    private static byte[] FileCapabilities(string program)
    {
        var target = File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program;
        Span<byte> buffer = stackalloc byte[64];
        var length = GetAttribute(target, "security.capability", ref MemoryMarshal.GetReference(buffer), buffer.Length);
        return length > 0 ? buffer[..(int)length].ToArray() : [];
    }

    [LibraryImport("libc", EntryPoint = "getxattr", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetAttribute(string path, string name, ref byte buffer, nint size);
}
