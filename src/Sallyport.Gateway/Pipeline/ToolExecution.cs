using Sallyport.Core;
using Sallyport.Core.Resilience;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Policy.Limits;
using Sallyport.Gateway.Shaping;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Pipeline;

/// <summary>Runs a call that every gate has allowed: a slot, the circuit, the handler, the shaper.</summary>
public sealed class ToolExecution(UpstreamClients clients, ReadLinks links, CallSlots slots, ExecutionOptions options, TimeProvider time)
{
    public async Task<ToolOutcome> RunAsync(ToolCall call, int responseBytes, CancellationToken cancellationToken)
    {
        // A part runs in its caller's place that the whole has taken; the whole, which only waits for its parts, takes no place that they need.
        if (call.Parent is not null)
            return await PlacedAsync(call, responseBytes, cancellationToken);
        using var own = await slots.Callers.EnterAsync(LimitKey.Of(call.Caller), options.CallsPerCaller, CallSlots.LongestWait, cancellationToken);
        if (own is null)
            return Failed(call, new ToolError(ErrorCode.RateLimited, $"You have {options.CallsPerCaller} calls running and more waiting.") { Hint = "Wait for answers before you ask more.", RetryAfter = ToolError.Seconds(CallSlots.LongestWait) });
        return call.Inner is not null ? await EnterAsync(call, responseBytes, cancellationToken) : await PlacedAsync(call, responseBytes, cancellationToken);
    }

    private async Task<ToolOutcome> PlacedAsync(ToolCall call, int responseBytes, CancellationToken cancellationToken)
        => await slots.RunAsync(call.Entry.Name, () => EnterAsync(call, responseBytes, cancellationToken), time, cancellationToken)
            ?? Failed(call, new ToolError(ErrorCode.RateLimited, "Too many calls are running.") { Hint = "Try again when some have ended.", RetryAfter = ToolError.Seconds(CallSlots.LongestWait) });

    private async Task<ToolOutcome> EnterAsync(ToolCall call, int responseBytes, CancellationToken cancellationToken)
    {
        await using var account = await clients.LeaseAccountAsync(call);
        var circuit = account?.Breaker ?? clients.Breaker(call.Tenant, call.Entry);
        return circuit.TryEnter(out var permit, out var wait)
            ? await RunAsync(call, account, permit, responseBytes, cancellationToken)
            : Failed(call, new ToolError(ErrorCode.CircuitOpen, $"{call.Entry.Connector.Title} has failed repeatedly and is left alone for now.")
            {
                Hint = "Use other platforms meanwhile.",
                RetryAfter = ToolError.Seconds(wait),
            });
    }

    private async Task<ToolOutcome> RunAsync(ToolCall call, AccountLease? account, CircuitPermit circuit, int responseBytes, CancellationToken cancellationToken)
    {
        Action report = circuit.SaidNothing;
        var context = new ToolContext(call.Id, call.Tenant.Id, time, call.Progress) { Tool = call.Entry.Name, Continues = call.Arguments.Cursor is not null };
        try
        {
            var outcome = await HandleAsync(call, account, context, responseBytes, cancellationToken);
            report = context.CountsAs is { } failure ? Report(circuit, failure) : circuit.Succeeded;
            return outcome;
        }
        catch (UpstreamException exception)
        {
            report = exception.SaysNothingOfHealth ? circuit.SaidNothing : Report(circuit, exception.Failure);
            // Some failures quote what the platform said, and a platform may say what it was sent.
            return Failed(call, new ToolError(ErrorCode.Of(exception.Failure), KnownSecrets.Redact(exception.Message))
            {
                Hint = exception.Hint,
                RetryAfter = exception.RetryAfter is { } wait ? ToolError.Seconds(wait) : null,
            });
        }
        catch (InvalidArgumentsException exception)
        {
            return Failed(call, new ToolError(ErrorCode.InvalidArguments, exception.Message) { Hint = "Correct the named members and call again." });
        }
        catch (ShapingException exception) when (exception.Failure == ShapingFailure.BudgetTooSmall)
        {
            report = circuit.Succeeded;
            return Failed(call, new ToolError(ErrorCode.TooLarge, exception.Message) { Hint = "Ask for fewer fields, or tell the operator to raise limits.responseBytes." });
        }
        catch (ShapingException exception)
        {
            report = () => circuit.Failed(ErrorCode.Of(UpstreamFailure.InvalidResponse));
            return Failed(call, new ToolError(ErrorCode.Of(UpstreamFailure.InvalidResponse), $"{call.Entry.Connector.Title}: {exception.Message}"));
        }
        finally
        {
            report();
        }
    }

    private async Task<ToolOutcome> HandleAsync(ToolCall call, AccountLease? account, ToolContext context, int responseBytes, CancellationToken cancellationToken)
    {
        var binding = call.Tool.Rows is null ? [] : CursorBinding.Of(call);
        if (ShapeOf(call, binding, responseBytes, out var refusal) is not { } shape)
            return Failed(call, refusal!);
        var own = account?.Client ?? call.Entry.ClientOf?.Invoke(call);
        await using var lease = own is null ? clients.Lease(call.Tenant, call.Entry.Connector) : null;
        await using var content = await call.Tool.Handler(own ?? lease!.Client, call.Arguments.ForTool, context, cancellationToken);
        if (content.MostBytes < shape.MaxBytes)
            shape = shape with { MaxBytes = Math.Max(ShapeOptions.SmallestBudget, content.MostBytes.Value) };
        if (content.MostTextBytes is { } text)
            shape = shape with { MaxStringBytes = text };
        using var shaped = content.Stream is { } stream
            ? await ResultShaper.ShapeAsync(stream, shape, cancellationToken)
            : ResultShaper.Shape(content.Bytes.Span, shape);
        links.Note(call, context.Reads);
        return new ToolOutcome.Succeeded(call.Id, shaped.Utf8.ToArray(), content.Attachments) { InstructionLike = context.InstructionLike, IsCapped = shaped.IsCapped };
    }

    private ShapeOptions? ShapeOf(ToolCall call, byte[] binding, int responseBytes, out ToolError? refusal)
    {
        refusal = null;
        var skip = 0L;
        if (call.Arguments.Cursor is { } token)
        {
            if (!ResultCursor.TryParse(token, binding, out var cursor, out var reason))
            {
                refusal = new ToolError(ErrorCode.InvalidArguments, $"cursor: {reason}");
                return null;
            }

            skip = cursor.Skip;
        }

        return new ShapeOptions
        {
            // The part of a joined result is named and marked once, with the whole.
            Tenant = options.NameTenant && call.Parent is null && call.Tenant != Tenant.None ? call.Tenant.Id : null,
            Warning = options.Wrap && call.Parent is null && !call.Entry.IsAboutGate,
            Wrap = options.Wrap && call.Parent is null,
            WrapMembers = call.Entry.Untrusted,
            Rows = call.Tool.Rows,
            Fields = call.Arguments.Fields,
            Skip = skip,
            MaxBytes = responseBytes,
            Next = call.Tool.Rows is null ? null : next => new ResultCursor(next).Encode(binding),
        };
    }

    /// <summary>Only what says something about the platform's health counts; a refusal of the content shows that it is alive.</summary>
    private static Action Report(CircuitPermit circuit, UpstreamFailure failure) => failure switch
    {
        UpstreamFailure.Timeout or UpstreamFailure.Unavailable or UpstreamFailure.InvalidResponse
            or UpstreamFailure.Throttled or UpstreamFailure.OutcomeUnknown => () => circuit.Failed(ErrorCode.Of(failure)),
        UpstreamFailure.Auth => circuit.SaidNothing,
        _ => circuit.Succeeded,
    };

    private static ToolOutcome.Failed Failed(ToolCall call, ToolError error) => new(call.Id, error);
}
