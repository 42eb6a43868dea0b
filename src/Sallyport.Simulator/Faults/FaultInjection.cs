using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting.Journal;

namespace Sallyport.Simulator.Faults;

/// <summary>The one place where requests go wrong, in front of every platform.</summary>
internal sealed class FaultInjection(FaultPlan plan, FaultScene scene, RequestJournal journal)
{
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var number = JournalMiddleware.NumberOf(http);
        var steps = plan.Decide(number, http.Request.Method, http.Request.Path.Value ?? "");
        if (steps.Count == 0)
            return next(http);
        journal.Note(number, string.Join('+', steps.Select(static step => step.Name)));
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            var (step, after) = (steps[i].Step, next);
            next = context => step.ApplyAsync(context, scene, after);
        }
        return next(http);
    }
}
