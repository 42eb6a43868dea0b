using System.Text.Json;

namespace Sallyport.Commands.Approvals;

/// <summary>A way from the command line to held calls.</summary>
internal interface IApprovalDoor : IDisposable
{
    /// <summary><c>{"approvals":[…]}</c>, or an error in the gate's own words.</summary>
    Task<JsonDocument> ListAsync(CancellationToken cancellationToken);

    /// <summary>Null when the decision stands.</summary>
    Task<DoorRefusal?> DecideAsync(string id, bool isApproved, CancellationToken cancellationToken);
}

/// <summary>Why nothing was decided, and what to do about it.</summary>
internal sealed record DoorRefusal(string Sentence, string WhatToDo, int Code = ExitCode.Problem);
