using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sallyport.Core;

/// <summary>JSON as people and models read it best: quotes and letters of all languages as they are, only what JSON itself forbids escaped.</summary>
/// <remarks>Not for JSON that is put into a web page.</remarks>
public static class PlainJson
{
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
