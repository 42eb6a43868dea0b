using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Sallyport.Connectors.Defender.Access;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Defender.Devices;

/// <summary>Cutting a device off the network, and letting it back.</summary>
internal static class DeviceTools
{
    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Write<DefenderClient, IsolateDevice, DeviceAction>(
            "defender_device_isolate",
            "Cuts one device off the network through Microsoft Defender; only Defender still reaches it. Needs a person's approval. Look at the device's timeline first.",
            static () => DefenderJson.Default.IsolateDevice, static () => DefenderJson.Default.DeviceAction,
            static (client, args, token) => SendAsync(
                client, DefenderOperations.Isolate, args.DeviceId, JsonSerializer.SerializeToUtf8Bytes(new IsolateBody(args.Comment, args.IsolationType), DefenderWire.Default.IsolateBody), token)) with
        {
            Title = "Isolate device", IsDestructive = true, Toolset = "devices", AuditedText = ["comment"], UntrustedMembers = ["comment"],
        },
        Tool.Write<DefenderClient, ReleaseDevice, DeviceAction>(
            "defender_device_release",
            "Lets one isolated device back onto the network through Microsoft Defender. Needs a person's approval; pick it when the device is clean.",
            static () => DefenderJson.Default.ReleaseDevice, static () => DefenderJson.Default.DeviceAction,
            static (client, args, token) => SendAsync(
                client, DefenderOperations.Release, args.DeviceId, JsonSerializer.SerializeToUtf8Bytes(new ReleaseBody(args.Comment), DefenderWire.Default.ReleaseBody), token)) with
        {
            Title = "Release device", IsDestructive = true, Toolset = "devices", AuditedText = ["comment"], UntrustedMembers = ["comment"],
        },
    ];

    private static async Task<DeviceAction> SendAsync(DefenderClient client, DefenderOperation operation, string device, byte[] body, CancellationToken cancellationToken)
    {
        using var document = await client.ReadAsync(new DefenderCall(operation, device, Body: body), cancellationToken);
        var action = document.RootElement;
        return new DeviceAction(
            action.Text("id"), action.Text("type"), action.Text("status"), action.Text("machineId"), action.Text("computerDnsName"),
            action.Text("requestor"), action.Text("requestorComment"), action.Text("creationDateTimeUtc"));
    }
}

/// <summary>Which device to cut off, and why.</summary>
internal sealed record IsolateDevice(
    [property: Description("Defender's 40-digit device id; machine_id of an alert."), RegularExpression(IsolateDevice.IdForm)] string DeviceId,
    [property: Description("The reason, kept with the action in Defender."), StringLength(1_000, MinimumLength = 3)] string Comment,
    [property: Description("Full cuts everything; Selective lets Outlook and Teams through."), AllowedValues("Full", "Selective")] string IsolationType = "Full")
{
    public const string IdForm = "^[0-9a-fA-F]{40}$";
}

/// <summary>Which device to let back, and why.</summary>
internal sealed record ReleaseDevice(
    [property: Description("Defender's 40-digit device id; machine_id of an alert."), RegularExpression(IsolateDevice.IdForm)] string DeviceId,
    [property: Description("The reason, kept with the action in Defender."), StringLength(1_000, MinimumLength = 3)] string Comment);

/// <summary>An action that Defender has taken on; it is carried out when the device next reports.</summary>
internal sealed record DeviceAction(
    string? ActionId, string? Type, string? Status, string? DeviceId, string? ComputerDnsName, string? RequestedBy, string? Comment, string? CreatedTime);
