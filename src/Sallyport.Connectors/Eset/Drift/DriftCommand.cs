using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Core;
using Sallyport.Core.Http;
using Sallyport.Core.Operating;

namespace Sallyport.Connectors.Eset.Drift;

/// <summary>Lets an operator ask what a newer set of ESET's descriptions changes: <c>sallyport eset drift --specs DIR|URL</c>.</summary>
internal static class DriftCommand
{
    /// <summary>In the folder of descriptions, and no description itself.</summary>
    private const string Overrides = "onprem-path-overrides";

    public static OperatorCommand Command { get; } = new(
        "drift", "Says how a set of ESET's OpenAPI documents differs from the operations offered here; exit code 1 when it does.",
        [new OperatorOption("specs", "Folder or https address of the documents, such as https://eu.esetconnect.eset.systems/swagger/api.", "DIR|URL")],
        static (options, output, cancellationToken) => RunAsync(options["specs"], output, AddressRule.Public, cancellationToken));

    /// <param name="addresses">Where an address may lead; tests serve the documents from this machine.</param>
    internal static async Task<bool> RunAsync(string specs, TextWriter output, AddressRule addresses, CancellationToken cancellationToken)
    {
        var documents = Uri.TryCreate(specs, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? await FetchAsync(address!, addresses, cancellationToken)
            : await ReadAsync(specs, cancellationToken);
        var report = EsetDrift.Report(EsetTools.All, documents);
        await output.WriteAsync(report);
        return report.EndsWith(EsetDrift.NoDifference, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyCollection<SpecDocument>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            throw new InvalidArgumentsException("specs: is neither a folder nor an https address.");
        List<SpecDocument> documents = [];
        foreach (var file in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var service = Path.GetFileNameWithoutExtension(file);
            if (service != Overrides)
                documents.Add(Parse(service, await File.ReadAllBytesAsync(file, cancellationToken)));
        }

        return documents;
    }

    private static async Task<IReadOnlyCollection<SpecDocument>> FetchAsync(Uri address, AddressRule addresses, CancellationToken cancellationToken)
    {
        var context = new UpstreamContext("cli", TimeProvider.System, NullLoggerFactory.Instance, "");
        using var http = new UpstreamHttp(new UpstreamHttpOptions { Name = "The address of the descriptions", Addresses = addresses }, context);
        List<SpecDocument> documents = [];
        foreach (var service in EsetTools.All.Select(tool => tool.Operation?.Service).OfType<string>().Append("business-account").Distinct().Order(StringComparer.Ordinal))
        {
            await using var response = await http.SendAsync(UpstreamRequest.Get(new Uri($"{address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{service}.json")), cancellationToken);
            response.ThrowIfFailed();
            using var buffer = new MemoryStream();
            await response.Body.CopyToAsync(buffer, cancellationToken);
            documents.Add(Parse(service, buffer.ToArray()));
        }

        return documents;
    }

    private static SpecDocument Parse(string service, byte[] utf8)
    {
        try
        {
            var document = SpecDocument.Parse(service, utf8);
            _ = document.Operations.Count();
            return document;
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidArgumentsException($"specs: {service} is no OpenAPI document.");
        }
    }
}
