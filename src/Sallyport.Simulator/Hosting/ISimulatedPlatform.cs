using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sallyport.Simulator.Hosting;

/// <summary>One platform's side of the story: its endpoints and the words in which it refuses.</summary>
internal interface ISimulatedPlatform
{
    /// <summary>The members of a credential as an operator would enter them, by the name printed at start.</summary>
    IReadOnlyDictionary<string, string> Credentials { get; }

    /// <summary>The status that refuses a token; DefectDojo says 403.</summary>
    int RefusedTokenStatus => StatusCodes.Status401Unauthorized;

    /// <summary>Whether this request asks for a token, which faults about tokens leave alone.</summary>
    bool IsTokenRequest(PathString path);

    /// <summary>Answers this status with the body that the platform sends with it.</summary>
    Task AnswerErrorAsync(HttpContext http, int status);

    /// <summary>Maps the endpoints; called once, before the platform listens.</summary>
    void Map(WebApplication app);
}
