using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Connectors.Eset;
using Sallyport.Connectors.Eset.Drift;

namespace Sallyport.Tests.Connectors.Eset.Drift;

public sealed class EsetDriftTests
{
    [Fact]
    public void A_new_and_a_vanished_operation_are_told()
        => AssertReport(
            root => Rename(root["paths"]!.AsObject(), "/v1/devices/{deviceUuid}:move", "/v1/devices/{deviceUuid}:transfer"),
            "device-management POST /v1/devices/{deviceUuid}:transfer: is new",
            "device-management POST /v1/devices/{deviceUuid}:move: is gone");

    [Fact]
    public void A_new_and_a_vanished_parameter_are_told()
        => AssertReport(
            root => Parameter(root, "isMuted")["name"] = "isQuiet",
            "device-management GET /v1/devices isQuiet: is new",
            "device-management GET /v1/devices isMuted: is gone or read-only");

    [Fact]
    public void A_parameter_that_becomes_required_is_told()
        => AssertReport(root => Parameter(root, "isMuted")["required"] = true, "device-management GET /v1/devices isMuted: is required");

    [Fact]
    public void A_changed_type_and_a_changed_length_are_told()
        => AssertReport(
            root =>
            {
                Parameter(root, "isMuted")["schema"]!["type"] = "string";
                Parameter(root, "pageToken")["schema"]!["maxLength"] = 256;
            },
            "device-management GET /v1/devices isMuted: is now string",
            "device-management GET /v1/devices pageToken: has now at most 256 characters");

    [Fact]
    public void A_new_and_a_vanished_value_are_told()
        => AssertReport(
            root => Parameter(root, "functionalityStatus")["schema"]!["enum"]![1] = "DEVICE_FUNCTIONALITY_STATUS_GREAT",
            "device-management GET /v1/devices functionalityStatus: may now be \"DEVICE_FUNCTIONALITY_STATUS_GREAT\"",
            "device-management GET /v1/devices functionalityStatus: can no longer be \"DEVICE_FUNCTIONALITY_STATUS_OK\"");

    [Fact]
    public void A_body_member_that_becomes_read_only_is_told()
        => AssertReport(
            root => root["components"]!["schemas"]!["DevicesRenameDeviceBody"]!["properties"]!["displayName"]!["readOnly"] = true,
            "device-management POST /v1/devices/{deviceUuid}:rename displayName: is gone or read-only");

    [Fact]
    public void The_descriptions_of_today_show_no_difference()
        => Assert.Equal("102 operations, no difference.\n", EsetDrift.Report(EsetTools.All, EsetSpecs.All));

    private static void AssertReport(Action<JsonNode> change, params string[] lines)
    {
        var documents = EsetSpecs.All.Select(document => document.Service == "device-management" ? Changed(document, change) : document).ToList();

        var report = EsetDrift.Report(EsetTools.All, documents);

        Assert.Equal([.. lines, $"{lines.Length} differences."], report.TrimEnd('\n').Split('\n'));
    }

    private static SpecDocument Changed(SpecDocument document, Action<JsonNode> change)
    {
        var root = JsonNode.Parse(document.Root.GetRawText())!;
        change(root);
        return SpecDocument.Parse(document.Service, Encoding.UTF8.GetBytes(root.ToJsonString()));
    }

    private static JsonObject Parameter(JsonNode root, string name)
        => root["paths"]!["/v1/devices"]!["get"]!["parameters"]!.AsArray().Select(node => node!.AsObject()).Single(node => (string?)node["name"] == name);

    private static void Rename(JsonObject members, string from, string to)
    {
        var member = members[from]!;
        members.Remove(from);
        members[to] = member;
    }
}
