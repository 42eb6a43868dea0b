using Sallyport.Tests.Configuration;
using YamlDotNet.RepresentationModel;
using static Sallyport.Tests.Deploy.DeployedYaml;

namespace Sallyport.Tests.Deploy;

/// <summary>The containers that are offered: what starts, what can be reached, and that the gate takes the settings they give it.</summary>
public sealed class ComposeTests
{
    private const string McpPort = "8765";

    private static readonly string Folder = PathOf("container");

    private static readonly YamlMappingNode Compose = Documents("container/compose.yaml").Single();

    [Fact, Trait("defect", "D26")]
    public void No_service_starts_without_its_profile_and_none_publishes_the_port_that_mcp_is_served_on()
    {
        Assert.Equal(["caddy", "gate", "local", "prometheus", "stdio"], Services().Keys.Order());
        Assert.All(Services().Values, service => Assert.Single(Sequence(service, "profiles")));
        Assert.Equal(["caddy"], Services().Where(service => Sequence(service.Value, "ports").Count > 0).Select(service => service.Key));
        Assert.All(Sequence(Services()["caddy"], "ports"), port => Assert.DoesNotContain(McpPort, port, StringComparison.Ordinal));
        Assert.Equal(["caddy", "gate"], Services().Where(service => Sequence(service.Value, "profiles").Contains("prod")).Select(service => service.Key).Order());
        Assert.Equal("service:caddy", Text(Services()["gate"], "network_mode"));
    }

    [Theory]
    [InlineData("stdio")]
    [InlineData("local")]
    [InlineData("gate")]
    public void The_gate_takes_the_settings_that_a_service_gives_it_and_listens_on_loopback_alone(string service)
    {
        using var bench = new SettingsBench();
        bench.Variables["MCP_ROLE_CI"] = "0123456789abcdef:reader";
        foreach (var (name, value) in Mapping(Services()[service], "environment"))
            bench.Variables[name] = value.Replace("${ESET_PUBLIC_DOMAIN:-gate.example}", "gate.example", StringComparison.Ordinal);

        var settings = bench.Settings();

        Assert.Equal(service == "stdio" ? Sallyport.Configuration.TransportKind.Stdio : Sallyport.Configuration.TransportKind.Http, settings.Transport);
        Assert.Equal($"127.0.0.1:{McpPort}", settings.Http.Listen);
        Assert.Equal(service == "gate" ? ["gate.example"] : null, settings.Http.AllowedHosts);
        Assert.DoesNotContain(bench.Load().Warnings, warning => warning.Contains("http.", StringComparison.Ordinal));
    }

    [Fact]
    public void Prometheus_stands_beside_the_gate_and_its_page_is_for_this_machine_only()
    {
        Assert.Equal("service:caddy", Text(Services()["prometheus"], "network_mode"));
        Assert.Contains("127.0.0.1:9090:9090", Sequence(Services()["caddy"], "ports"));
        Assert.Contains($"127.0.0.1:{McpPort}", File.ReadAllText(PathOf("prometheus/prometheus.yml")), StringComparison.Ordinal);
        Assert.Contains("../prometheus:/etc/prometheus/gate:ro", Sequence(Services()["prometheus"], "volumes"));
        Assert.Contains("--config.file=/etc/prometheus/gate/prometheus.yml", Sequence(Services()["prometheus"], "command"));
    }

    [Fact]
    public void What_serves_http_is_asked_whether_it_is_well()
        => Assert.Equal(["gate", "local"], Services().Where(service => service.Value.Children.ContainsKey("healthcheck")).Select(service => service.Key).Order());

    [Fact]
    public void Caddy_passes_requests_on_to_where_the_gate_listens_without_keeping_events_back()
    {
        var caddy = File.ReadAllText(Path.Combine(Folder, "Caddyfile"));

        Assert.Contains($"reverse_proxy {Mapping(Services()["gate"], "environment")["SALLYPORT_HTTP__LISTEN"]} ", caddy, StringComparison.Ordinal);
        Assert.Contains("flush_interval -1", caddy, StringComparison.Ordinal);
        Assert.All(["ESET_PUBLIC_DOMAIN", "ESET_ACME_EMAIL"], name => Assert.Contains($"{{${name}}}", caddy, StringComparison.Ordinal));
        Assert.Equal(["ESET_ACME_EMAIL", "ESET_PUBLIC_DOMAIN"], Mapping(Services()["caddy"], "environment").Keys.Order());
    }

    [Fact]
    public void The_image_runs_as_nobody_and_is_built_from_the_file_that_compose_names()
    {
        var image = File.ReadAllLines(Path.Combine(Folder, "Containerfile"));

        Assert.Contains("USER 10001", image);
        Assert.True(Array.IndexOf(image, "USER 10001") > Array.FindLastIndex(image, line => line.StartsWith("COPY", StringComparison.Ordinal)));
        Assert.All(Services().Where(service => service.Value.Children.ContainsKey("build")), service => Assert.Equal("deploy/container/Containerfile", Mapping(service.Value, "build")["dockerfile"]));
        Assert.DoesNotContain(image, line => line.StartsWith("EXPOSE", StringComparison.Ordinal));
    }

    private static Dictionary<string, YamlMappingNode> Services() => Mappings(Compose, "services");
}
