using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sallyport.Core;
using Sallyport.Core.Prompts;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;
using Sallyport.Mcp.Http;

namespace Sallyport.Mcp.Serving;

/// <summary>The pages that platforms offer beside their tools, for the platforms that the caller's tenants have.</summary>
internal sealed class ResourceShelf
{
    private readonly Dictionary<string, (ConnectorResource Resource, IConnector Connector, Tenant Tenant)> _byUri = new(StringComparer.Ordinal);
    private readonly UpstreamClients _clients;
    private readonly ListResourcesResult _list;

    public ResourceShelf(IEnumerable<IConnector> connectors, IReadOnlyList<Tenant> granted, UpstreamClients clients)
    {
        _clients = clients;
        foreach (var connector in connectors)
        {
            // Pages hold facts about the connector, not a platform's data: any granted tenant gives the same text.
            if (granted.FirstOrDefault(tenant => tenant.Has(connector.Id)) is not { } tenant)
                continue;
            foreach (var resource in connector.Resources)
                _byUri[resource.Uri] = (resource, connector, tenant);
        }

        _list = new ListResourcesResult
        {
            Resources = [.. _byUri.Values.Select(page => Describe(page.Resource))],
            TimeToLive = McpSurfaces.ListLifetime,
            CacheScope = CacheScope.Private,
        };
    }

    public ValueTask<ListResourcesResult> ListAsync(RequestContext<ListResourcesRequestParams> request, CancellationToken cancellationToken) => new(_list);

    public ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken)
    {
        var uri = request.Params.Uri;
        if (!_byUri.TryGetValue(uri, out var page))
            throw Unknown(request);
        var text = page.Resource.Read(_clients.Client(page.Tenant, page.Connector));
        return new(new ReadResourceResult
        {
            Contents = [new TextResourceContents { Uri = uri, MimeType = page.Resource.MimeType, Text = text }],
            TimeToLive = McpSurfaces.ListLifetime,
            CacheScope = CacheScope.Private,
        });
    }

    /// <summary>The error that clients understand as "no such resource"; it repeats the address asked for.</summary>
    public static McpProtocolException Unknown(RequestContext<ReadResourceRequestParams> request)
    {
        // Older revisions had a code of their own for it.
        var isModern = request.Server.NegotiatedProtocolVersion is null or Revisions.Modern;
        var exception = new McpProtocolException("Unknown resource.", isModern ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound);
        exception.Data["uri"] = request.Params.Uri;
        return exception;
    }

    private static Resource Describe(ConnectorResource resource) => new()
    {
        Uri = resource.Uri,
        Name = resource.Name,
        Description = resource.Description,
        MimeType = resource.MimeType,
    };
}
