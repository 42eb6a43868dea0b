using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.DefectDojo;

/// <summary>An answer that is no success, in one of the seven shapes that the platform has for it.</summary>
internal sealed class DojoRefusal(int status, Action<Utf8JsonWriter> write) : Exception
{
    private const string Advertising = "Pro comes with support. Try today for free or email us at hello@defectdojo.com";

    public Task AnswerAsync(HttpContext http) => Answer.JsonAsync(http, status, write);

    /// <summary>Shape 1: <c>{"detail": …}</c>.</summary>
    public static DojoRefusal Detail(int status, string text) => new(status, json => Single(json, "detail", text));

    /// <summary>Shape 2: the field, the whole error as a Python text, and a line of advertising.</summary>
    public static DojoRefusal Field(string field, string text) => new(400, json =>
    {
        json.WriteStartObject();
        Texts(json, field, text);
        json.WriteString("message", $"{{'{field}': [ErrorDetail(string='{text}', code='invalid')]}}");
        Texts(json, "pro", Advertising);
        json.WriteEndObject();
    });

    /// <summary>Shape 3: the field alone, from actions on one object.</summary>
    public static DojoRefusal BareField(string field, string text) => new(400, json =>
    {
        json.WriteStartObject();
        Texts(json, field, text);
        json.WriteEndObject();
    });

    /// <summary>Shape 4: a list of texts, from imports.</summary>
    public static DojoRefusal List(string text) => new(400, json =>
    {
        json.WriteStartArray();
        json.WriteStringValue(text);
        json.WriteEndArray();
    });

    /// <summary>Shape 5: <c>{"error": …}</c>.</summary>
    public static DojoRefusal Error(string text) => new(400, json => Single(json, "error", text));

    /// <summary>Shape 6: a bare text.</summary>
    public static DojoRefusal Bare(string text) => new(400, json => json.WriteStringValue(text));

    /// <summary>Shape 7: a message with advertising, from what went wrong inside.</summary>
    public static DojoRefusal Inside(int status, string text) => new(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("message", text);
        if (status != 409)
            Texts(json, "pro", Advertising);
        json.WriteEndObject();
    });

    private static void Single(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject();
        json.WriteString(name, text);
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartArray(name);
        json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
