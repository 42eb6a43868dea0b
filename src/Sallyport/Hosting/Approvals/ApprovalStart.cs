using Microsoft.Extensions.Logging;
using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Approvals.Files;
using Sallyport.Gateway.Approvals.Postgres;
using Sallyport.Gateway.Audit;
using ApprovalNeed = Sallyport.Gateway.Approvals.ApprovalNeed;

namespace Sallyport.Hosting.Approvals;

/// <summary>Where held calls are kept, under which rules, and where people see them, as the settings say it.</summary>
internal static class ApprovalStart
{
    public static IApprovalStore Open(SallyportSettings settings, ILoggerFactory logs)
    {
        var seal = settings.Audit.HmacKey is { IsEmpty: false } ? new HeldCallSeal([.. AuditStart.KeysOf(settings)], logs.CreateLogger("Sallyport.Approvals")) : HeldCallSeal.None;
        return settings.State.Postgres is { IsEmpty: false } database
            ? new PostgresApprovals(database, seal)
            : new ApprovalFiles(Path.Combine(StateFolder.Of(settings), "approvals"), seal);
    }

    public static ApprovalDesk Desk(SallyportSettings settings, AuditLog audit, ILoggerFactory logs, TimeProvider time)
        => new(Open(settings, logs), PolicyOf(settings), audit, time);

    public static ApprovalPolicy PolicyOf(SallyportSettings settings)
    {
        var approvals = settings.Approvals;
        return new ApprovalPolicy((ApprovalNeed)approvals.Require, Duration.Parse(approvals.ExpiresAfter), approvals.Approvers)
        {
            AcknowledgementCounts = approvals.Acknowledgement,
            HoldsTainted = approvals.HoldTainted,
            Rules = [.. (approvals.Rules ?? []).Select(rule => RuleOf(rule, approvals))],
            Page = PageOf(settings),
        };
    }

    /// <summary>Null where people cannot be told an address: nothing is served over HTTP, or only the operator knows how it is reached.</summary>
    private static Uri? PageOf(SallyportSettings settings)
    {
        if (settings.Approvals.Url is { } url)
            return new Uri(url.EndsWith('/') ? url : url + "/");
        return settings is { Transport: TransportKind.Http, Http.BehindProxy: false } && Listen.TryParse(settings.Http.Listen) is { IsLoopback: true, Port: > 0 } listen
            ? new Uri($"{(settings.Http.Tls is null ? "http" : "https")}://{listen}/")
            : null;
    }

    private static ApprovalRule RuleOf(ApprovalRuleSettings rule, ApprovalSettings general) => new(
        rule.Tools ?? [], rule.Tenants ?? [], rule.Roles ?? [],
        new ApprovalTerms((ApprovalNeed)(rule.Require ?? general.Require), rule.Approvers ?? general.Approvers, rule.Acknowledgement ?? general.Acknowledgement,
            rule.HoldTainted ?? general.HoldTainted));
}
