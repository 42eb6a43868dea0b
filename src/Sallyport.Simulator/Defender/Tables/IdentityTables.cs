using Sallyport.Simulator.Defender.Kql;
using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Defender.Tables;

/// <summary>What accounts do in the directory and the cloud.</summary>
internal static class IdentityTables
{
    public static HuntTable Logons(Company world) => new(
        HuntTables.Columns("Timestamp:DateTime ActionType Application AccountUpn AccountName AccountSid DeviceName IPAddress Location FailureReason"),
        InCloud(world, static detection => detection.Kind.Tactic == Tactic.InitialAccess).Select(detection => Row(world, detection.UserIndex!.Value, detection.FirstSeen, detection.Remote?.Address))
            .Concat(world.Users().Select(user => Row(world, user.Index, user.LastSignIn, "192.0.2.10"))));

    public static HuntTable People(Company world) => new(
        HuntTables.Columns("Timestamp:DateTime AccountObjectId AccountUpn AccountName AccountDisplayName OnPremSid EmailAddress Department JobTitle IsAccountEnabled:SByte"),
        world.Users().Select(user => new object?[]
        {
            user.LastSignIn, user.Id.ToString(), user.Upn, user.AccountName, user.DisplayName, user.Sid, user.Upn, user.Department, user.Title, user.IsEnabled ? 1L : 0L,
        }));

    public static HuntTable CloudActions(Company world) => new(
        HuntTables.Columns("Timestamp:DateTime ActionType Application AccountObjectId AccountDisplayName IPAddress"),
        InCloud(world, static detection => detection.Kind.Tactic != Tactic.InitialAccess).Select(detection => new object?[]
        {
            detection.FirstSeen, detection.Kind.Name, "Microsoft 365", world.User(detection.UserIndex!.Value).Id.ToString(), world.User(detection.UserIndex.Value).DisplayName, detection.Remote?.Address,
        }));

    private static object?[] Row(Company world, int index, DateTimeOffset time, string? address)
    {
        var user = world.User(index);
        return [time, "LogonSuccess", "Microsoft 365", user.Upn, user.AccountName, user.Sid, "", address, "", ""];
    }

    private static IEnumerable<Detection> InCloud(Company world, Func<Detection, bool> fits)
        => world.Detections(DetectionSource.Cloud).Where(detection => detection.UserIndex is not null && fits(detection));
}
