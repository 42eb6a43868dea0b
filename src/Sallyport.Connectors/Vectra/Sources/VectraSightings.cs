using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Sources;

/// <summary>Detections whose other end is an address or domain that an analyst looks for.</summary>
internal static class VectraSightings
{
    public static Task<Answer<Sighting>> AskAsync(VectraClient vectra, IndicatorQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        var indicator = new Observable(question.Kind, question.Value);
        var query = new VectraQuery("detections").With("destination", question.Value).With("last_timestamp_gte", VectraAlerts.Text(question.Since)).With("ordering", "-last_timestamp");
        return VectraRows.ReadAsync(vectra, query, question.Limit, row =>
        {
            var alert = VectraAlerts.Read(row);
            return new Sighting(indicator, alert.Title, "detections", alert.Started, alert.Ended, 1, alert.Hosts, alert.Users, alert.Id);
        }, context, cancellationToken);
    }
}
