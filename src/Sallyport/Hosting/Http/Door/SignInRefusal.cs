using Microsoft.AspNetCore.Http;

namespace Sallyport.Hosting.Http.Door;

/// <summary>Why proof that a request did show was not enough.</summary>
/// <param name="Status">401 for proof that is none, 403 for one that grants nothing here, 503 when nobody could tell.</param>
/// <param name="Reason">For the operator's log; nothing of the proof is in it.</param>
internal sealed record SignInRefusal(int Status, string Reason)
{
    public static SignInRefusal Wrong { get; } = new(StatusCodes.Status401Unauthorized, "is no caller's");
}
