using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sallyport.Simulator.DefectDojo.Store;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.DefectDojo;

/// <summary>Maps endpoints below <c>/api/v2</c>, each behind the same check of slash, key and permission, and inside one lock.</summary>
internal sealed class DojoRoutes(IEndpointRouteBuilder routes, TokenStore tokens, Lazy<Instance> instance)
{
    public const string Viewer = "viewer";

    public void Get(string path, Func<Instance, DojoRequest, DojoReply> handler) => Map(HttpMethods.Get, path, handler);

    public void Post(string path, Func<Instance, DojoRequest, DojoReply> handler) => Map(HttpMethods.Post, path, handler);

    public void Patch(string path, Func<Instance, DojoRequest, DojoReply> handler) => Map(HttpMethods.Patch, path, handler);

    private void Map(string method, string path, Func<Instance, DojoRequest, DojoReply> handler)
        => routes.MapMethods("/api/v2" + path, [method], http => AdmitAsync(http, handler));

    private async Task AdmitAsync(HttpContext http, Func<Instance, DojoRequest, DojoReply> handler)
    {
        try
        {
            if (!http.Request.Path.Value!.EndsWith('/'))
            {
                await WithoutSlashAsync(http);
                return;
            }

            CheckKey(http.Request);
            var request = await DojoRequest.ReadAsync(http);
            DojoReply reply;
            var body = new System.Buffers.ArrayBufferWriter<byte>(1024);
            lock (instance.Value.Gate)
            {
                reply = handler(instance.Value, request);
                if (reply.Write is { } write)
                {
                    using var json = new Utf8JsonWriter(body, Answer.Raw);
                    write(json);
                }
            }

            await Answer.BytesAsync(http, reply.Status, reply.Write is null ? null : "application/json", body.WrittenMemory);
        }
        catch (DojoRefusal refusal)
        {
            await refusal.AnswerAsync(http);
        }
    }

    private void CheckKey(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header.Scheme != "Token")
            throw DojoRefusal.Detail(403, "Authentication credentials were not provided.");
        switch (tokens.Check(header.Parameter, out var token))
        {
            case TokenStanding.Missing:
                throw DojoRefusal.Detail(403, "Invalid token header. No credentials provided.");
            case TokenStanding.Revoked:
                throw DojoRefusal.Detail(403, "User inactive or deleted.");
            case not TokenStanding.Good:
                throw DojoRefusal.Detail(403, "Invalid token.");
        }

        if (token!.Subject == Viewer && !HttpMethods.IsGet(request.Method))
            throw DojoRefusal.Detail(403, "You do not have permission to perform this action.");
    }

    private static Task WithoutSlashAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method))
            return DojoRefusal.Inside(400, "Please add a trailing slash to your request.").AnswerAsync(http);
        http.Response.Headers.Location = http.Request.Path.Value + "/" + http.Request.QueryString;
        http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        return Task.CompletedTask;
    }
}

/// <summary>What an endpoint answers; nothing is written for 204.</summary>
internal readonly record struct DojoReply(int Status, Action<Utf8JsonWriter>? Write)
{
    public static DojoReply Ok(Action<Utf8JsonWriter> write) => new(200, write);

    public static DojoReply Created(Action<Utf8JsonWriter> write) => new(201, write);

    public static DojoReply Nothing => new(204, null);
}

/// <summary>One request: where it goes, what it asks, and its whole body.</summary>
internal sealed class DojoRequest
{
    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    private readonly HttpContext _http;

    private DojoRequest(HttpContext http) => _http = http;

    public JsonElement Body { get; private set; } = Empty;

    public IFormCollection? Form { get; private set; }

    public byte[]? File { get; private set; }

    public string? FileName { get; private set; }

    /// <summary>The number in the path; what is no number names nothing.</summary>
    public int Id => Number(_http.Request.RouteValues["id"] as string) ?? 0;

    public int Other => Number(_http.Request.RouteValues["other"] as string) ?? 0;

    public string Address => $"{_http.Request.Scheme}://{_http.Request.Host}{_http.Request.Path}";

    public string MediaType => _http.Request.ContentType?.Split(';')[0] ?? "";

    public IEnumerable<string> QueryNames => _http.Request.Query.Keys;

    public string? Query(string name) => _http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>Only these spellings count; anything else is as if it had not been said.</summary>
    public bool? QueryFlag(string name) => Query(name) switch
    {
        "true" or "True" => true,
        "false" or "False" => false,
        _ => null,
    };

    public static async Task<DojoRequest> ReadAsync(HttpContext http)
    {
        var request = new DojoRequest(http);
        if (http.Request.HasFormContentType)
        {
            request.Form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (request.Form.Files.GetFile("file") is { } file)
            {
                using var copy = new MemoryStream();
                await file.CopyToAsync(copy, http.RequestAborted);
                (request.File, request.FileName) = (copy.ToArray(), file.FileName);
            }
        }
        else if (http.Request.ContentLength is > 0 || http.Request.Headers.TransferEncoding.Count > 0)
        {
            try
            {
                using var document = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
                request.Body = document.RootElement.Clone();
            }
            catch (JsonException)
            {
                throw DojoRefusal.Inside(400, "JSON parse error");
            }
        }

        return request;
    }

    public static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
