using Sallyport.Gateway.Audit.Verifying;

namespace Sallyport.Tests.Gateway.Audit;

/// <summary>A crash may end the log after any byte. Whatever was written whole before it is sound, and the chain goes on.</summary>
public sealed class AuditCutTests : IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task After_a_crash_at_any_byte_the_log_verifies_up_to_its_last_whole_record_and_the_chain_goes_on()
    {
        byte[] before, whole, state;
        await using (var log = await _test.StartAsync())
        {
            // The state follows within a tenth of a second, so that a crash finds it as it was at the start.
            (before, state) = (Bytes(_test.File), Bytes(_test.State));
            await TestLog.CallAsync(log, 1);
            await TestLog.CallAsync(log, 2);
            whole = Bytes(_test.File);
        }

        Assert.InRange(whole.Length - before.Length, 1_500, 10_000);
        for (var length = before.Length; length <= whole.Length; length++)
        {
            using var crashed = new TestLog(InMemory());
            File.WriteAllBytes(crashed.File, whole[..length]);
            File.WriteAllBytes(crashed.State, state);
            var records = whole[..length].Count(letter => letter == '\n');
            var isTorn = whole[length - 1] != '\n';

            var left = crashed.Verify();
            await using (await crashed.StartAsync()) { }
            var resumed = crashed.Verify();

            Assert.Equal((length, isTorn ? AuditRule.TornLine : null), (length, left.FirstBad?.Rule));
            Assert.Equal((length, records), (length, (int)left.Records));
            Assert.True(resumed.IsIntact, $"{length}: {resumed.FirstBad?.Sentence}");
            Assert.Equal((length, 1), (length, resumed.Chains.Count));
        }
    }

    /// <summary>Thousands of starts wait for a disk that is none.</summary>
    private static string InMemory()
    {
        const string Memory = "/dev/shm";
        return Directory.Exists(Memory) ? Directory.CreateDirectory(Path.Combine(Memory, Path.GetRandomFileName())).FullName : Directory.CreateTempSubdirectory().FullName;
    }

    private static byte[] Bytes(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
