using System.Net.Sockets;
using Sallyport.Simulator.Hosting.Journal;

namespace Sallyport.Tests.Simulator.Hosting;

public class RequestJournalTests
{
    private static JournalEntry Request(string path) => new()
    {
        Time = default,
        Method = "GET",
        Path = path,
        Query = "",
        Headers = new Dictionary<string, string>(),
        Body = "",
        BodyBytes = 0,
        BodySha256 = "",
    };

    [Fact]
    public async Task A_request_is_written_down_with_what_was_sent_and_what_was_answered()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        await vectra.SendAsync("PUT", "/nowhere?a=1", """{"note":"grüezi"}""");

        var entry = vectra.Running.Journal.Entries()[^1];
        Assert.Equal((2, "PUT", "/api/v3.4/nowhere", "?a=1", 404), (entry.Number, entry.Method, entry.Path, entry.Query, entry.Status));
        Assert.Equal(("""{"note":"grüezi"}""", 18), (entry.Body, entry.BodyBytes));
        Assert.Equal("974c7e6b", entry.BodySha256[..8]);
        Assert.Equal("t1", entry.TokenId);
    }

    [Fact]
    public async Task No_credential_is_written_down()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        await vectra.GetAsync("/health");

        var entries = vectra.Running.Journal.Entries();

        Assert.Equal(["Basic", "Bearer"], entries.Select(e => e.Headers["Authorization"]));
        Assert.DoesNotContain(entries, e => string.Join('|', e.Headers.Values).Contains(vectra.Controls.ClientSecret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task That_nothing_was_sent_can_be_proved_down_to_the_connection()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var (requests, connections) = (vectra.Running.Journal.Total, vectra.Running.Journal.Connections);

        using var client = new TcpClient();
        await client.ConnectAsync(vectra.Running.BaseUrl.Host, vectra.Running.BaseUrl.Port);
        client.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await client.Client.ReceiveAsync(new byte[1]));

        Assert.Equal(requests, vectra.Running.Journal.Total);
        Assert.Equal(connections + 1, vectra.Running.Journal.Connections);
    }

    [Fact]
    public void It_keeps_the_latest_and_counts_all()
    {
        var journal = new RequestJournal();
        for (var i = 1; i <= 10_050; i++)
            journal.Open(Request($"/{i}"));

        var entries = journal.Entries();

        Assert.Equal((10_050, 10_000), (journal.Total, entries.Count));
        Assert.Equal(("/51", "/10050"), (entries[0].Path, entries[^1].Path));
        Assert.Equal(["/10049", "/10050"], journal.Entries(after: 10_048).Select(e => e.Path));
    }

    [Fact]
    public async Task Waiting_ends_with_a_request_that_came_before_or_comes_later()
    {
        var journal = new RequestJournal();
        var later = journal.WaitAsync(e => e.Path == "/late");
        journal.Open(Request("/early"));

        Assert.Equal("/early", (await journal.WaitAsync(e => e.Path == "/early")).Path);
        Assert.False(later.IsCompleted);
        journal.Open(Request("/late"));
        Assert.Equal(2, (await later).Number);
    }
}
