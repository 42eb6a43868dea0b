namespace Sallyport.Core.Tools;

/// <summary>A program on this machine that a tool needs, and the Debian package that brings it.</summary>
public sealed record ExternalProgram(string Name, string Package);
