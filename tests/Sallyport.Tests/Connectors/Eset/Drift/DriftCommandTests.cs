using Sallyport.Commands;
using Sallyport.Connectors.Eset.Drift;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Tests.Connectors.Eset.Drift;

public sealed class DriftCommandTests
{
    [Fact]
    public async Task An_operator_learns_that_nothing_has_changed()
    {
        var output = new StringWriter();

        var code = await CommandTree.RunAsync(["eset", "drift", "--specs", SharedFiles.Require("specs/eset")], new() { Output = output, Error = output });

        Assert.Equal((0, "102 operations, no difference.\n"), (code, output.ToString()));
    }

    [Fact]
    public async Task A_missing_document_is_reported_operation_by_operation()
    {
        var folder = Directory.CreateTempSubdirectory("eset-specs-");
        var output = new StringWriter();
        foreach (var file in Directory.GetFiles(SharedFiles.Require("specs/eset"), "*.json").Where(file => !file.Contains("mobile", StringComparison.Ordinal)))
            File.CreateSymbolicLink(Path.Combine(folder.FullName, Path.GetFileName(file)), file);

        var code = await CommandTree.RunAsync(["eset", "drift", "--specs", folder.FullName], new() { Output = output, Error = output });

        Assert.Equal(1, code);
        Assert.EndsWith("2 differences.\n", output.ToString());
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("/no/such/folder")]
    [InlineData("ftp://example.com")]
    public async Task What_is_neither_a_folder_nor_an_address_is_refused(string specs)
        => await Assert.ThrowsAsync<InvalidArgumentsException>(() => DriftCommand.RunAsync(specs, TextWriter.Null, AddressRule.Public, TestContext.Current.CancellationToken));

    [Fact]
    public async Task An_address_on_this_machine_is_not_fetched()
        => await Assert.ThrowsAsync<UpstreamException>(() => DriftCommand.RunAsync("http://127.0.0.1:1/", TextWriter.Null, AddressRule.Public, TestContext.Current.CancellationToken));
}
