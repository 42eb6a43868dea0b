namespace Sallyport.Core.Tools;

/// <summary>A program on this machine that a tool needs, and the Debian package that brings it.</summary>
/// <param name="VersionOption">Makes it print its version and do nothing else; null where it has no such option.</param>
public sealed record ExternalProgram(string Name, string Package, string? VersionOption = null);
