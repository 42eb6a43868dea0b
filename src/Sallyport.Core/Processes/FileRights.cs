using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sallyport.Core.Processes;

/// <summary>Who owns a file and what its mode allows others.</summary>
internal readonly partial record struct FileRights(uint Uid, bool IsWritableByOthers, bool IsExecutable)
{
    // statx has one layout on every architecture (linux/stat.h), unlike stat.
    private const int AtFdCwd = -100;
    private const uint StatxModeAndUid = 0x2 | 0x8;
    private const int UidOffset = 20;
    private const int ModeOffset = 28;
    private const int GroupOrOtherWrite = 0b010_010;
    private const int AnyExecute = 0b001_001_001;

    /// <summary>Follows links. Null where the file does not exist or the system is not Linux.</summary>
    public static FileRights? Read(string path)
    {
        Span<byte> buffer = stackalloc byte[256];
        if (!OperatingSystem.IsLinux() || Statx(AtFdCwd, path, 0, StatxModeAndUid, ref MemoryMarshal.GetReference(buffer)) != 0)
            return null;
        // The structure is in the machine's byte order; every supported one is little endian.
        var uid = BinaryPrimitives.ReadUInt32LittleEndian(buffer[UidOffset..]);
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(buffer[ModeOffset..]);
        return new FileRights(uid, (mode & GroupOrOtherWrite) != 0, (mode & AnyExecute) != 0);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte buffer);
}
