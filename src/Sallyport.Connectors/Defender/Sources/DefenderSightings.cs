using Sallyport.Connectors.Defender.Hunting;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Defender.Sources;

/// <summary>Who met an indicator: connections, files, mail and clicks, gathered by device and account.</summary>
internal static class DefenderSightings
{
    public static async Task<Answer<Sighting>> AskAsync(DefenderClient client, IndicatorQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        var span = new TimelineSpan(question.Since, context.Time.GetUtcNow(), 1_000);
        var query = question.Kind switch
        {
            ObservableKind.Ip => TimelineQuery.ForAddress(question.Value, span),
            ObservableKind.Domain or ObservableKind.Url => TimelineQuery.ForUrl(question.Value, span),
            ObservableKind.Email => TimelineQuery.ForMailAddress(question.Value, span),
            _ => TimelineQuery.ForFile(question.Value, span),
        };
        var rows = await Hunt.RunAsync(client, query, span.Limit, cancellationToken);
        var indicator = new Observable(question.Kind, question.Value);
        var found = rows.Items.GroupBy(row => (Table: row.Text("Source"), Device: row.Text("Device"), Account: row.Text("Account"), Action: row.Text("Action"))).Select(group =>
        {
            var times = group.Select(row => row.Time("Timestamp")).ToList();
            var name = group.Key.Device.OrNull();
            var account = group.Key.Account.OrNull();
            return new Sighting(
                indicator, group.Key.Action ?? "", group.Key.Table ?? "", times.Min(), times.Max(), group.LongCount(),
                name is null ? null : [new HostIdentity(null, SourceWire.ShortName(name), name.Contains('.', StringComparison.Ordinal) ? name : null)],
                account is null ? null : [new UserIdentity(Upn: account.Contains('@', StringComparison.Ordinal) ? account : null, AccountName: SourceWire.Account(account))]);
        }).OrderByDescending(sighting => sighting.LastSeen).ToList();
        return new Answer<Sighting>([.. found.Take(question.Limit)], null, rows.Incomplete ?? (found.Count > question.Limit ? $"only the newest {question.Limit}" : null));
    }
}
