using Sallyport.Commands;
using Sallyport.Connectors;
using Sallyport.Tests.Configuration;
using YamlDotNet.RepresentationModel;
using static Sallyport.Tests.Deploy.DeployedYaml;

namespace Sallyport.Tests.Deploy;

/// <summary>The manifest that is offered: one gate, run by nobody, whose settings hold and whose probes are answered.</summary>
public sealed class KubernetesTests
{
    private static readonly Dictionary<string, YamlMappingNode> Objects =
        Documents("kubernetes/sallyport.yaml").ToDictionary(document => Text(document, "kind"));

    private static YamlNode Pod => At(Objects["Deployment"], "spec", "template", "spec");

    private static YamlMappingNode Container => (YamlMappingNode)At(Pod, "containers", "0");

    [Fact]
    public void There_is_one_gate_and_the_old_one_goes_before_the_new_one_comes()
    {
        Assert.Equal(("1", "Recreate"), ($"{At(Objects["Deployment"], "spec", "replicas")}", $"{At(Objects["Deployment"], "spec", "strategy", "type")}"));
        Assert.Equal(["ReadWriteOnce"], Sequence((YamlMappingNode)At(Objects["PersistentVolumeClaim"], "spec"), "accessModes"));
    }

    [Fact]
    public void It_runs_as_the_user_of_the_image_and_can_become_no_other()
    {
        var rights = (YamlMappingNode)At(Container, "securityContext");

        Assert.Equal(("true", "false"), (Text(rights, "readOnlyRootFilesystem"), Text(rights, "allowPrivilegeEscalation")));
        Assert.Equal(["ALL"], Sequence((YamlMappingNode)At(rights, "capabilities"), "drop"));
        Assert.Equal("true", $"{At(Pod, "securityContext", "runAsNonRoot")}");
        Assert.Contains($"USER {At(Pod, "securityContext", "runAsUser")}", File.ReadAllLines(PathOf("container/Containerfile")));
        Assert.Equal("false", $"{At(Pod, "automountServiceAccountToken")}");
    }

    [Fact]
    public void The_gate_takes_its_settings_and_answers_to_the_name_that_probes_use()
    {
        using var bench = new SettingsBench { Connectors = BuiltInConnectors.All };
        bench.Yaml = $"{At(Objects["ConfigMap"], "data", "sallyport.yaml")}";
        bench.Options.Add(new("transport", "http", "--transport"));
        bench.Variables["SALLYPORT_HTTP__LISTEN"] = Variable("SALLYPORT_HTTP__LISTEN").Replace("$(POD_IP)", "10.1.2.3", StringComparison.Ordinal);
        foreach (var secret in (string[])["AUDIT_HMAC_KEY", "SOC_AGENT_TOKEN", "VECTRA_CLIENT_SECRET"])
            bench.Variables[secret] = "00112233445566778899aabbccddeeff";

        var settings = bench.Settings();

        Assert.Equal($"10.1.2.3:{At(Container, "ports", "0", "containerPort")}", settings.Http.Listen);
        foreach (var probe in (string[])["readinessProbe", "livenessProbe"])
            Assert.Equal(("Host", settings.Http.AllowedHosts!.Single()), ($"{At(Container, probe, "httpGet", "httpHeaders", "0", "name")}", $"{At(Container, probe, "httpGet", "httpHeaders", "0", "value")}"));
    }

    [Fact]
    public void The_program_takes_its_arguments_and_finds_its_file_and_its_volume()
    {
        var arguments = Sequence(Container, "args");
        var mounts = ((YamlSequenceNode)At(Container, "volumeMounts")).Select(mount => Text((YamlMappingNode)mount, "mountPath")).ToList();

        Assert.Empty(CommandTree.Build().Parse([.. arguments]).Errors);
        Assert.Contains(Path.GetDirectoryName(arguments[^1]), mounts);
        Assert.Contains($"ENV SALLYPORT_STATE__DIRECTORY={mounts.Single(mount => mount.StartsWith("/var", StringComparison.Ordinal))}", File.ReadAllLines(PathOf("container/Containerfile")));
    }

    [Fact]
    public void Nobody_but_the_ingress_reaches_the_gate()
    {
        Assert.Equal($"{At(Objects["Deployment"], "spec", "selector", "matchLabels", "app")}", $"{At(Objects["NetworkPolicy"], "spec", "podSelector", "matchLabels", "app")}");
        var way = Assert.Single((YamlSequenceNode)At(Objects["NetworkPolicy"], "spec", "ingress"));
        Assert.Equal("ingress-nginx", $"{At(Assert.Single((YamlSequenceNode)At(way, "from")), "namespaceSelector", "matchLabels", "kubernetes.io/metadata.name")}");
        Assert.Equal($"{At(Container, "ports", "0", "name")}", $"{At(way, "ports", "0", "port")}");
    }

    private static string Variable(string name)
        => Text(((YamlSequenceNode)At(Container, "env")).Cast<YamlMappingNode>().Single(variable => Text(variable, "name") == name), "value");
}
