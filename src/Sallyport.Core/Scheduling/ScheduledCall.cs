namespace Sallyport.Core.Scheduling;

/// <summary>A tool call that an operator wants made by the clock; it takes the same road as a call by a person.</summary>
/// <param name="Name">Names the caller in the audit: <c>schedule:Name</c>.</param>
/// <param name="Role">The role it is made with; a role that may not make it is refused like anyone.</param>
/// <param name="Arguments">UTF-8 JSON.</param>
public sealed record ScheduledCall(string Name, CronExpression When, string Role, string Tool, ReadOnlyMemory<byte> Arguments);
