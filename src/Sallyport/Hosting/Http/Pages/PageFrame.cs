using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Sallyport.Hosting.Http.Pages;

/// <summary>What all pages share: one small style sheet, and headers under which nothing else can load, run, frame or be kept.</summary>
internal static class PageFrame
{
    private const string Style = """
        :root{color-scheme:light dark;--ground:#f4f5f7;--card:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--yes:#1a7f37;--no:#b3261e;--warn:#7a4b00;--warn-ground:#fff4dc}
        @media (prefers-color-scheme:dark){:root{--ground:#0e1116;--card:#171b22;--ink:#e6edf3;--soft:#9aa4af;--line:#313842;--yes:#238636;--no:#c4362d;--warn:#f2cc7a;--warn-ground:#33270c}}
        *{box-sizing:border-box}
        body{margin:0;padding:2rem 1rem;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
        main{max-width:44rem;margin:0 auto;padding:1.5rem 2rem 2rem;background:var(--card);border:1px solid var(--line);border-radius:12px}
        h1{font-size:1.35rem;margin:.25rem 0 1rem;overflow-wrap:anywhere}
        h2{font-size:1rem;margin:1.5rem 0 .5rem}
        .brand,.soft{color:var(--soft);font-size:.9rem}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1rem;margin:1rem 0}
        dt{color:var(--soft)}
        dd{margin:0;overflow-wrap:anywhere}
        .data{margin:.5rem 0;padding:.6rem .8rem;border:1px dashed var(--line);border-radius:8px}
        .data b{font:600 .85rem ui-monospace,monospace}
        pre{margin:.25rem 0 0;font:.9rem/1.45 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
        mark{padding:0 .25em;border-radius:3px;background:var(--no);color:#fff;font-size:.8em}
        .warn{margin:1rem 0;padding:.7rem .9rem;border-radius:8px;background:var(--warn-ground);color:var(--warn)}
        label{display:block;margin:.5rem 0 .25rem}
        input{width:100%;padding:.55rem .7rem;border:1px solid var(--line);border-radius:8px;background:var(--ground);color:inherit;font:inherit}
        .row{display:flex;gap:.75rem;flex-wrap:wrap;margin-top:1.25rem}
        button{padding:.6rem 1.4rem;border:0;border-radius:8px;background:var(--soft);color:var(--card);font:600 1rem system-ui,sans-serif;cursor:pointer}
        button.yes{background:var(--yes);color:#fff}
        button.no{background:var(--no);color:#fff}
        button:focus-visible,input:focus-visible{outline:3px solid #4493f8;outline-offset:2px}
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static Task WriteAsync(HttpContext http, int status, string title, Html body)
    {
        // The style goes in as it is: its digest in the policy is over exactly these characters.
        var page = $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} · Sallyport</title><style>{Style}</style></head><body><main><div class=\"brand\">Sallyport · approval</div>{body}</main></body></html>";
        var utf8 = Encoding.UTF8.GetBytes(page);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        // Not no-referrer: a browser would then send "Origin: null" with the form, which nobody can tell from a stranger's.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = utf8.Length;
        return http.Response.Body.WriteAsync(utf8, http.RequestAborted).AsTask();
    }
}
