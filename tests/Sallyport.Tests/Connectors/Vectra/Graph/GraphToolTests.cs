using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Sallyport.Connectors.Vectra.Graph;
using Sallyport.Gateway.Pipeline;
using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Connectors.Vectra.Graph;

public sealed class GraphToolTests
{
    private const string Tool = "vectra_detection_graph_show";
    private const string Victim = """{"entity_id":334,"entity_type":"host"}""";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public async Task The_graph_of_the_phished_users_workstation_shows_the_beacon_and_where_it_went()
    {
        await using var rig = await VectraRig.StartAsync();

        var result = await rig.ResultAsync(Tool, Victim);

        Assert.Equal("Active detections of host ws-37 (334)", result.GetProperty("title").GetString());
        var nodes = result.GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal("host:334", nodes[0].GetProperty("id").GetString());
        Assert.Contains(nodes, node => node.GetProperty("id").GetString() == "det:1933");
        Assert.Contains(nodes, node => node.GetProperty("label").GetString() == "203.0.113.9");
        Assert.Contains(result.GetProperty("edges").EnumerateArray(), edge => edge.GetProperty("from").GetString() == "det:1933" && edge.GetProperty("to").GetString() == "res:ip:203.0.113.9");
    }

    [Fact]
    public async Task Two_pictures_come_along_light_and_dark_and_the_same_every_time()
    {
        await using var rig = await VectraRig.StartAsync();

        var first = Assert.IsType<ToolOutcome.Succeeded>(await rig.CallAsync(Tool, Victim));
        var second = Assert.IsType<ToolOutcome.Succeeded>(await rig.CallAsync(Tool, Victim));

        Assert.Equal(["vectra://hosts/334/graph-light.svg", "vectra://hosts/334/graph-dark.svg"], first.Attachments.Select(file => file.Uri));
        Assert.All(first.Attachments, file => Assert.Equal("image/svg+xml", file.MimeType));
        Assert.Equal(first.Attachments.Select(file => file.Sha256), second.Attachments.Select(file => file.Sha256));
        Assert.Contains(first.Attachments[1].Sha256, Encoding.UTF8.GetString(first.Json.Span), StringComparison.Ordinal);
        Assert.NotEqual(first.Attachments[0].Sha256, first.Attachments[1].Sha256);
    }

    [Theory]
    [InlineData("light", "#ffffff")]
    [InlineData("dark", "#12181f")]
    public async Task One_theme_gives_one_picture(string theme, string background)
    {
        await using var rig = await VectraRig.StartAsync();

        var outcome = Assert.IsType<ToolOutcome.Succeeded>(await rig.CallAsync(Tool, $$"""{"entity_id":334,"entity_type":"host","theme":"{{theme}}"}"""));

        Assert.Contains(background, Encoding.UTF8.GetString(Assert.Single(outcome.Attachments).Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_holds_no_script_and_leads_only_to_the_portal()
    {
        var builder = new GraphBuilder(new Uri("https://portal.test/"), "active");
        builder.Add(Detection(7, "<script>alert(1)</script>", "\"><image href='https://evil.test/x'/>", "ok\u202Egnp.exe\u0001"));

        var picture = Encoding.UTF8.GetString(SvgDrawing.Draw(builder.Build("host", 1), SvgTheme.Dark));

        var document = XDocument.Parse(picture);
        Assert.Empty(document.Descendants(Svg + "script"));
        Assert.Empty(document.Descendants(Svg + "image"));
        Assert.All(document.Descendants().Attributes("href"), link => Assert.StartsWith("https://portal.test/", link.Value, StringComparison.Ordinal));
        Assert.DoesNotContain(document.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(document.Descendants(Svg + "text"), text => text.Value == "<script>alert(1)</script>");
        Assert.DoesNotContain('\u202E', picture);
    }

    [Fact]
    public void Two_hundred_nodes_are_enough_and_the_rest_is_counted()
    {
        var builder = new GraphBuilder(new Uri("https://portal.test/"), null);
        for (var i = 1; i <= 500; i++)
            builder.Add(Detection(i, $"name {i}", $"target-{i}-a", $"target-{i}-b"));

        var graph = builder.Build("host", 1);

        Assert.Equal(200, graph.Nodes.Count);
        Assert.Contains(graph.Nodes, node => node.Label == "402 more detections");
        Assert.Contains(graph.Nodes, node => node.Label == "97 more resources");
        Assert.Empty(graph.Edges.SelectMany(edge => new[] { edge.From, edge.To }).Except(graph.Nodes.Select(node => node.Id)));
        XDocument.Parse(Encoding.UTF8.GetString(SvgDrawing.Draw(graph, SvgTheme.Light)));
    }

    [Fact]
    public async Task An_id_that_is_a_host_and_an_account_must_be_told_apart()
    {
        await using var rig = await VectraRig.StartAsync();

        Assert.Equal("invalid_arguments", await rig.CodeAsync(Tool, """{"entity_id":21,"state":null}"""));
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_drawn_as_nothing()
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.Status(403));

        Assert.Equal("upstream_forbidden", await rig.CodeAsync(Tool, Victim));
    }

    private static byte[] Detection(int id, string name, params string[] targets) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id,
        detection = name,
        threat = id % 100,
        certainty = 1,
        src_host = new { id = 1, name = "ws <1>" },
        summary = new { dst_hosts = targets },
    });
}
