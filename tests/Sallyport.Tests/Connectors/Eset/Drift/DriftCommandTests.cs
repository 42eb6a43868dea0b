using Microsoft.AspNetCore.Http;
using Sallyport.Commands;
using Sallyport.Connectors.Eset.Drift;
using Sallyport.Core;
using Sallyport.Core.Http;
using Sallyport.Tests.Core.Http;

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
    public async Task The_documents_can_be_fetched_from_an_address()
    {
        var folder = SharedFiles.Require("specs/eset");
        await using var server = await ScriptedServer.StartAsync((context, _) => context.Response.SendFileAsync(Path.Combine(folder, Path.GetFileName(context.Request.Path))));
        var output = new StringWriter();

        var isSame = await DriftCommand.RunAsync(new Uri(server.Address, "swagger/api/").ToString(), output, AddressRule.Any, TestContext.Current.CancellationToken);

        Assert.Equal((true, "102 operations, no difference.\n"), (isSame, output.ToString()));
        Assert.Equal(16, server.Requests.Count);
        Assert.Contains(("GET", "/swagger/api/device-management.json", (string?)null), server.Requests);
    }

    [Fact]
    public async Task An_address_that_lacks_a_document_is_an_error()
    {
        await using var server = await ScriptedServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });

        var failure = await Assert.ThrowsAsync<UpstreamException>(() => DriftCommand.RunAsync(server.Address.ToString(), TextWriter.Null, AddressRule.Any, TestContext.Current.CancellationToken));

        Assert.Equal(UpstreamFailure.NotFound, failure.Failure);
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
