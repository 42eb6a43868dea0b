using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Connectors.Network;
using Sallyport.Connectors.Network.Custom;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Connectors.Network.Reach;
using Sallyport.Core;
using Sallyport.Tests.Connectors.Network.Nmap.Planning;

namespace Sallyport.Tests.Connectors.Network;

/// <summary>Hostile text in every field of a scan, against a program that records what reaches it.</summary>
public sealed class InjectionTests
{
    public static TheoryData<string> Fields => ["target", "ports", "scripts", "extra_args", "extra_args after an option", "extra_args as a value"];

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task No_hostile_text_starts_the_program(string field)
    {
        using var nmap = new FakeNmap();
        await using var client = nmap.Client();
        foreach (var payload in HostileText.All)
        {
            var refused = await Record.ExceptionAsync(() => client.Scans.RunAsync(With(field, payload), FakeNmap.Context(), default));

            Assert.True(refused is InvalidArgumentsException, $"{field}: '{payload}' gave {refused?.GetType().Name ?? "a scan"}");
            Assert.False(nmap.WasStarted);
        }
    }

    /// <summary>The programs beside nmap, and an operator's own, whose option takes only what its pattern says.</summary>
    [Theory]
    [InlineData("ping")]
    [InlineData("traceroute")]
    [InlineData("discovery")]
    [InlineData("background scan")]
    [InlineData("custom tool, target")]
    [InlineData("custom tool, option")]
    public async Task No_hostile_text_starts_another_program_either(string tool)
    {
        using var fake = new FakeNmap(FakeNmap.EmptyResult, "ping", "traceroute", "show");
        await using var client = fake.Client(new NetworkSettings(CustomTools: [Show]));
        foreach (var payload in HostileText.All)
        {
            var refused = await Record.ExceptionAsync(() => RunAsync(client, tool, payload));

            Assert.True(refused is InvalidArgumentsException, $"{tool}: '{payload}' gave {refused?.GetType().Name ?? "a run"}");
            Assert.False(fake.WasStarted);
        }
    }

    [Fact]
    public void The_corpus_has_three_hundred_different_texts_and_more()
        => Assert.InRange(HostileText.All.Distinct(StringComparer.Ordinal).Count(), 300, int.MaxValue);

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
        string[] words = [.. NmapFlags.Names, .. HostileText.All, "80", "1-100", "5", "500ms", "http-title", "ME", "10.0.0.9", "safe", "--", "=", "-p80"];
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

    private static readonly CustomToolSettings Show = new(
        "net_words_show", "Shows the words of its command line.", "show", [new CustomOption("word", "A word.", "--word", "[a-z]{2,8}")], EndOfOptions: true);

    private static Task RunAsync(NetworkClient client, string tool, string payload) => tool switch
    {
        "ping" => client.PingAsync(new PingHost(payload), default),
        "traceroute" => client.TraceAsync(new TraceRoute(payload), default),
        "discovery" => client.Scans.RunAsync(new DiscoverHosts(payload).ToScan(), FakeNmap.Context(), default),
        "background scan" => client.Scans.StartAsync(new ScanPorts(payload), FakeNmap.Context(), default),
        "custom tool, target" => client.RunCustomAsync(Show.Name, Json(("target", payload)), default),
        _ => client.RunCustomAsync(Show.Name, Json(("target", "10.0.0.1"), ("word", payload)), default),
    };

    private static byte[] Json(params (string Name, string Value)[] members)
        => Encoding.UTF8.GetBytes(new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Value))).ToJsonString());

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
