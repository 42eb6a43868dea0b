namespace Sallyport.Core.Tools;

/// <summary>What a tool does to the upstream. A search sent by POST is a read.</summary>
public enum ToolAccess
{
    Read,
    Write,
}
