using Sallyport.Connectors.Network.Targets;

namespace Sallyport.Tests.Connectors.Network.Targets;

/// <summary>Valid target lists and rules; a test states only what it is about.</summary>
internal static class Some
{
    public static TargetList Targets(params string[] tokens) => TargetList.Parse(tokens, problem => throw new FormatException(problem));

    public static TargetRule Rule(string[]? allowed = null, string[]? denied = null)
        => new(Targets(allowed ?? ["RFC1918", "loopback", ".lab.internal"]), Targets(denied ?? []));
}
