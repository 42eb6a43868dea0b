namespace Sallyport.Core.Processes;

/// <summary>What one external program may use before the kernel stops it, and how much of its output is kept.</summary>
/// <param name="AddressSpaceBytes">Virtual memory of each process.</param>
/// <param name="OpenFiles">File descriptors of each process.</param>
/// <param name="FileBytes">Size of any file it writes.</param>
/// <param name="OutputBytes">Standard output that is kept; the rest is read, counted and dropped.</param>
/// <param name="ErrorBytes">The same for standard error.</param>
public sealed record ProcessLimits(
    long AddressSpaceBytes = 512L * 1024 * 1024,
    int OpenFiles = 256,
    long FileBytes = 64L * 1024 * 1024,
    int OutputBytes = 1024 * 1024,
    int ErrorBytes = 256 * 1024);
