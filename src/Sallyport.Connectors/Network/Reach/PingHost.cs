using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sallyport.Connectors.Network.Reach;

/// <summary>Arguments of a ping.</summary>
internal sealed record PingHost(
    [Description("One address or host name, inside the targets that the operator allows."), StringLength(255, MinimumLength = 1)] string Target,
    [Description("How many times to ask."), Range(1, 10)] int Count = 4,
    [Description("Seconds between two."), Range(0.2, 2.0)] double Interval = 1,
    [Description("Seconds to wait for an answer."), Range(1, 10)] int Wait = 2);

/// <summary>What came back.</summary>
/// <param name="Errors">Answers from routers on the way that it cannot be reached.</param>
/// <param name="RttMs">Absent when nothing came back.</param>
internal sealed record PingResult(
    string Address, bool Reachable, int Sent, int Received, int Errors, double LossPercent, IReadOnlyList<PingReply> Replies, PingTimes? RttMs = null,
    string? RequestedName = null);

/// <summary>One answer.</summary>
internal sealed record PingReply(int Sequence, int Ttl, double TimeMs);

/// <summary>Round trip times in milliseconds.</summary>
internal sealed record PingTimes(double Min, double Avg, double Max);
