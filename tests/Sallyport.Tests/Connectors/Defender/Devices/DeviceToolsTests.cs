using System.Text.Json;
using Sallyport.Connectors.Defender;
using Sallyport.Core;
using Sallyport.Core.Tools;
using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Connectors.Defender.Devices;

public sealed class DeviceToolsTests
{
    [Fact]
    public async Task A_device_is_isolated_and_released_with_a_token_of_the_endpoint_service()
    {
        await using var range = await DefenderRange.StartAsync();
        var client = range.Client();
        var arguments = await VictimAsync(client);

        var isolated = await DefenderRange.CallAsync(client, "defender_device_isolate", arguments);
        var released = await DefenderRange.CallAsync(client, "defender_device_release", arguments);

        Assert.Equal(("Isolate", "Unisolate", "Pending"), (isolated.GetProperty("type").GetString(), released.GetProperty("type").GetString(), released.GetProperty("status").GetString()));
        Assert.Equal("""{"Comment":"beacon seen","IsolationType":"Full"}""", range.Asked.Single(entry => entry.Path.EndsWith("/isolate", StringComparison.Ordinal)).Body);
    }

    [Fact]
    public async Task An_isolation_whose_answer_was_lost_is_not_repeated_and_said_to_be_unknown()
    {
        await using var range = await DefenderRange.StartAsync();
        var client = range.Client();
        var arguments = await VictimAsync(client);
        range.Faults.Script("/api/machines", FaultStep.Reset(DropAt.AfterWork), times: 5);

        var failure = await DefenderRange.FailsAsync(client, "defender_device_isolate", arguments);

        Assert.Equal(UpstreamFailure.OutcomeUnknown, failure.Failure);
        Assert.Single(range.Asked, entry => entry.Path.EndsWith("/isolate", StringComparison.Ordinal));
    }

    [Fact]
    public void Cutting_off_and_letting_back_are_held_for_a_person_and_changes_are_writes()
    {
        var tools = new DefenderConnector().Tools;

        Assert.Equal(["defender_device_isolate", "defender_device_release"], tools.Where(tool => tool.IsDestructive).Select(tool => tool.Name));
        Assert.Equal(
            ["defender_incident_update", "defender_device_isolate", "defender_device_release"],
            tools.Where(tool => tool.Access == ToolAccess.Write).Select(tool => tool.Name));
    }

    private static async Task<string> VictimAsync(DefenderClient client)
    {
        var found = await DefenderRange.CallAsync(client, "defender_hunting_query", """{"query":"DeviceInfo | where DeviceName startswith 'ws-37.' | project DeviceId","timespan":"P30D"}""");
        return JsonSerializer.Serialize(new { device_id = found.GetProperty("rows")[0].GetProperty("DeviceId").GetString(), comment = "beacon seen" });
    }
}
