using Sallyport.Connectors.Network.Nmap;
using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Core;
using Sallyport.Tests.Connectors.Network.Nmap.Planning;

namespace Sallyport.Tests.Connectors.Network;

/// <summary>Hostile text in every field of a scan, against a program that records what reaches it.</summary>
public sealed class InjectionTests
{
    private static readonly string[] Payloads =
    [
        // Shells.
        "; id", "& id", "&& id", "| id", "|| id", "`id`", "$(id)", "${IFS}id", "$IFS", "> /tmp/x", ">> /tmp/x", "< /etc/passwd", "80;id", "80|id", "80`id`",
        "80$(id)", "\nid", "80\nid", "\r\nid", "80\r", "80\0", "\0", "80\t81", "\u001b[2J", "\u0085", "\u2028id", "'; id; '", "\"; id; \"", "\\; id", "!id", "*", "?",
        "~", "~root", "{a,b}", "#", "%0aid", "%00", "$((1))", "<(id)", "=(id)",
        // Options of nmap that must stay ours, in several spellings.
        "-oN/tmp/x", "-oN /tmp/x", "-oX-", "-oG=/tmp/x", "-oA x", "-oS x", "--append-output", "-iL/etc/passwd", "-iL /etc/passwd", "-iR 5", "--excludefile=/etc/shadow",
        "--exclude 10.0.0.1", "--datadir=/tmp", "--servicedb=/tmp/x", "--versiondb /tmp/x", "--stylesheet=http://198.51.100.7/", "--webxml", "--script-args=x=1",
        "--script-args-file=/etc/passwd", "--script-updatedb", "--script-trace", "--script=/tmp/x.nse", "--script=../../x", "--script=http://198.51.100.7/x.nse",
        "--script=x.nse", "--script='not intrusive'", "--script=all", "--script=+ssl-cert", "--script=*", "--proxies=http://198.51.100.7:8080", "--resume=/tmp/x",
        "-b user@10.0.0.1", "-S 10.0.0.9", "-e lo", "-sI 10.0.0.9", "-D 198.51.100.7", "--decoy 198.51.100.7", "--spoof-mac=0", "--dns-servers=198.51.100.7",
        "--system-dns", "-6", "--send-eth", "--send-ip", "--interactive", "--privileged", "--iflist", "-d9", "--packet-trace", "-V", "-h", "--", "- -", "-sSU", "-p80,81 -iR 1",
        // Second targets.
        "198.51.100.7", "8.8.8.8", "10.0.0.1 8.8.8.8", "10.0.0.1,8.8.8.8", "example.org", "scanme.example.org", "10.0.0.1/0", "0.0.0.0/0", "10.0.0-255.1", "10.0.0.1-254",
        "http://10.0.0.1@8.8.8.8/", "http://8.8.8.8#@10.0.0.1/", "user@8.8.8.8", "::ffff:8.8.8.8", "[::1]", "fe80::1%lo", "0x08080808", "134744072", "010.010.010.010",
        // Too much, and not text.
        new string('9', 5000), new string('-', 3000), "\ud800", "８０", "８.８.８.８", "１０.0.0.1", "ⅷ", "\u202e08", "a\u0300",
    ];

    public static TheoryData<string> Fields => ["target", "ports", "scripts", "extra_args", "extra_args after an option", "extra_args as a value"];

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task No_hostile_text_starts_the_program(string field)
    {
        using var nmap = new FakeNmap();
        await using var client = nmap.Client();
        foreach (var payload in Payloads)
        {
            var refused = await Record.ExceptionAsync(() => client.Scans.RunAsync(With(field, payload), FakeNmap.Context(), default));

            Assert.True(refused is InvalidArgumentsException, $"{field}: '{payload}' gave {refused?.GetType().Name ?? "a scan"}");
            Assert.False(nmap.WasStarted);
        }
    }

    [Fact]
    public void The_corpus_has_three_hundred_cases_and_more()
        => Assert.InRange(Payloads.Distinct().Count() * Fields.Count, 300, int.MaxValue);

    /// <summary>The control: what is allowed does reach the program, exactly as planned, target last.</summary>
    [Fact]
    public async Task What_is_allowed_reaches_the_program_word_for_word()
    {
        using var nmap = new FakeNmap();
        await using var client = nmap.Client();

        await client.Scans.RunAsync(new ScanPorts("10.0.0.1/32", Ports: "22,80", Scan: ScanKind.Connect, ExtraArgs: "-sV --max-retries=2", TimeoutSec: 65), FakeNmap.Context(), default);

        var privilege = nmap.Arguments.Contains("--privileged") ? "--privileged" : "--unprivileged";
        Assert.Equal(
            $"-sT -sV -p 22,80 -T4 --max-retries 2 --max-parallelism 100 -Pn --host-timeout 60s -n {privilege} --noninteractive --no-stylesheet --stats-every 5s -oX nmap.xml -- 10.0.0.1",
            string.Join(' ', nmap.Arguments));
    }

    /// <summary>Whatever is accepted of random text consists of options of the table, their checked values, and our own words.</summary>
    [Fact]
    public void Nothing_outside_the_table_is_ever_planned()
    {
        var random = new Random(20260101);
        string[] words = [.. NmapFlags.Names, .. Payloads, "80", "1-100", "5", "500ms", "http-title", "ME", "10.0.0.9", "safe", "--", "=", "-p80"];
        var planner = Plans.Planner(intrusive: true);
        var accepted = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Join(random.Next(4) == 0 ? "=" : " ", Enumerable.Range(0, random.Next(1, 5)).Select(_ => words[random.Next(words.Length)]));
            ScanPlan plan;
            try
            {
                plan = planner.Plan(Plans.OneAddress, Plans.Extra(text));
            }
            catch (InvalidArgumentsException)
            {
                continue;
            }

            accepted++;
            var options = new Queue<string>(plan.Options);
            while (options.TryDequeue(out var option))
            {
                var flag = NmapFlags.Find(option) ?? NmapFlags.FindAttached(option);
                Assert.NotNull(flag);
                if (flag.Form is ValueForm.None or ValueForm.OptionalAttached) continue;
                var value = options.Dequeue();
                if (flag.Name == "--script") Assert.All(value.Split(','), name => Assert.True(Plans.Index.Has(name)));
                else Assert.Null(flag.Check!(value));
            }
        }

        Assert.InRange(accepted, 100, 19_000);
    }

    private static ScanPorts With(string field, string payload) => field switch
    {
        "target" => new ScanPorts(payload),
        "ports" => new ScanPorts("10.0.0.1", Ports: payload),
        "scripts" => new ScanPorts("10.0.0.1", Scripts: [payload]),
        "extra_args" => new ScanPorts("10.0.0.1", ExtraArgs: payload),
        "extra_args after an option" => new ScanPorts("10.0.0.1", ExtraArgs: $"--open {payload}"),
        _ => new ScanPorts("10.0.0.1", ExtraArgs: $"--max-retries {payload}"),
    };
}
