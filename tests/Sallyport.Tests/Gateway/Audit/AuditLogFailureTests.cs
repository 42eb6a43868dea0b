using Sallyport.Gateway.Audit;

namespace Sallyport.Tests.Gateway.Audit;

public sealed class AuditLogFailureTests
{
    [Fact]
    public async Task A_full_disk_ends_calls_and_costs_no_record_that_was_acknowledged()
    {
        using var disk = SmallDisk.Mount();
        var test = new TestLog(disk.Folder);
        await using var log = await test.StartAsync();
        var acknowledged = new List<string> { "start" };

        disk.Fill();
        var failure = await Assert.ThrowsAsync<AuditUnavailableException>(async () =>
        {
            for (var i = 0; ; i++)
            {
                await log.OpenCallAsync(TestLog.Call(i), durable: false, default);
                acknowledged.Add("open");
            }
        });

        Assert.IsType<IOException>(failure.InnerException);
        Assert.True(acknowledged.Count > 1);
        Assert.Equal(acknowledged, test.Events);
        Assert.True(test.Verify().IsIntact);
    }

    [Fact]
    public async Task The_log_goes_on_when_there_is_space_again_and_first_writes_the_ends_it_owes()
    {
        using var disk = SmallDisk.Mount();
        var test = new TestLog(disk.Folder);
        await using (var log = await test.StartAsync())
        {
            var running = Enumerable.Range(0, 5).Select(i => TestLog.Call(i)).ToList();
            foreach (var call in running) await log.OpenCallAsync(call, durable: false, default);
            disk.Fill();
            await FailAsync(log);

            foreach (var call in running)
                await Assert.ThrowsAsync<AuditUnavailableException>(() => log.CloseCallAsync(new AuditCallClosed(call, "succeeded")).AsTask());
            await FailAsync(log);
            Assert.True(test.Verify().IsIntact);

            disk.Free();
            await TestLog.CallAsync(log, 99);
        }

        Assert.Equal(["close", "close", "close", "close", "close", "open", "close", "checkpoint"], test.Events.Reverse().Take(8).Reverse());
        Assert.Equal(["call-0", "call-1", "call-2", "call-3", "call-4", "call-99"],
            test.Records.Where(record => record.GetProperty("event").GetString() == "close").Select(record => record.GetProperty("callId").GetString()));
        Assert.Empty(Assert.Single(test.Verify().Chains).Findings);
    }

    [Fact]
    public async Task A_log_closed_on_a_full_disk_is_resumed_later()
    {
        using var disk = SmallDisk.Mount();
        var test = new TestLog(disk.Folder);
        var log = await test.StartAsync();
        disk.Fill();
        await FailAsync(log);
        await log.DisposeAsync();
        disk.Free();

        await test.WriteAsync(calls: 1);

        Assert.Contains(test.Lines, line => line.Contains("\"resumed\"", StringComparison.Ordinal));
        Assert.Empty(Assert.Single(test.Verify().Chains).Findings);
    }

    [Fact]
    public async Task Calls_in_parallel_on_a_disk_that_fills_up_leave_a_sound_chain()
    {
        using var disk = SmallDisk.Mount();
        var test = new TestLog(disk.Folder);
        var acknowledged = 0;
        await using (var log = await test.StartAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, 32).Select(worker => Task.Run(async () =>
            {
                try
                {
                    for (var i = 0; ; i++)
                    {
                        await log.OpenCallAsync(TestLog.Call(worker), durable: i % 2 == 0, default);
                        Interlocked.Increment(ref acknowledged);
                    }
                }
                catch (AuditUnavailableException)
                {
                    // The disk is full: this worker is done.
                }
            })));
            Assert.True(test.Verify().IsIntact);
        }

        Assert.Equal(acknowledged, test.Events.Count(name => name == "open"));
        Assert.True(test.Verify().IsIntact);
    }

    [Fact]
    public async Task A_read_only_disk_stops_the_start()
    {
        using var disk = SmallDisk.Mount();
        disk.MakeReadOnly();

        var failure = await Assert.ThrowsAsync<AuditUnavailableException>(() => new TestLog(disk.Folder).StartAsync());

        Assert.Contains("audit.jsonl cannot be opened", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_only_folder_stops_the_start()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Root may write to a read-only folder; another test uses a read-only disk.");
            return;
        }

        using var test = new TestLog();
        File.SetUnixFileMode(test.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await Assert.ThrowsAsync<AuditUnavailableException>(() => test.StartAsync());

        File.SetUnixFileMode(test.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_folder_in_place_of_the_log_stops_the_start_and_lets_go_of_it()
    {
        using var test = new TestLog();
        Directory.CreateDirectory(test.File);
        await Assert.ThrowsAsync<AuditUnavailableException>(() => test.StartAsync());
        Directory.Delete(test.File);

        await test.WriteAsync(calls: 1);

        Assert.True(test.Verify().IsIntact);
    }

    [Fact]
    public async Task A_missing_folder_is_made()
    {
        using var outer = new TestLog();
        var test = new TestLog(Path.Combine(outer.Folder, "a", "b"));

        await test.WriteAsync(calls: 1);

        Assert.True(test.Verify().IsIntact);
    }

    private static async Task FailAsync(AuditLog log) => await Assert.ThrowsAsync<AuditUnavailableException>(async () =>
    {
        for (var i = 1000; ; i++) await log.OpenCallAsync(TestLog.Call(i), durable: false, default);
    });
}
