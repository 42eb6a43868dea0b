using System.Text;
using System.Text.Json;
using Sallyport.Connectors;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.EndToEnd.Mcp;

/// <summary>Whatever a client sends as arguments is answered with a decision, never with an exception, for every tool there is.</summary>
public sealed class FuzzedArgumentsTests
{
    private const int PerTool = 10_000;

    private static readonly string[] Texts =
    [
        "\"\"", "\"..\"", "\"../../etc/passwd\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"\\ud800\"", "\"' OR 1=1 --\"", "\"2026-02-30T25:61:00Z\"", "\"" + new string('a', 600) + "\"",
        "0", "-1", "1e400", "-0.0", "9223372036854775808", "1.5", "true", "null", "[]", "[null]", "[[[[1]]]]", "{}", "{\"a\":{\"b\":[1,{}]}}", "[\"a\",\"a\"]", "\"active\"", "7",
    ];

    public static TheoryData<string> Connectors => [.. BuiltInConnectors.All.Select(connector => connector.Id)];

    [Theory]
    [MemberData(nameof(Connectors))]
    public void Ten_thousand_objects_per_tool_are_judged_without_an_exception(string connector)
    {
        var tools = BuiltInConnectors.All.Single(one => one.Id == connector).Tools;

        Parallel.ForEach(tools, tool =>
        {
            // The seed is the name, so that a failure comes back.
            var random = new Random(tool.Name.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)));
            var schema = GateArgument.AddTo(tool, hasSeveralTenants: true, canBeHeld: tool.Access == ToolAccess.Write);
            var names = schema.Root.Properties.Keys.Append("unknown").Select(name => JsonSerializer.Serialize(name)).ToArray();
            for (var round = 0; round < PerTool; round++)
                Judge(tool, schema, Arguments(random, names));
        });
    }

    private static void Judge(Tool tool, JsonSchema schema, byte[] sent)
    {
        try
        {
            var arguments = CallArguments.Read(sent);
            var errors = schema.Validate(arguments.All.Span);
            AuditedArguments.Redact(arguments.All, schema.Root, tool.AuditedText);
            if (errors.Count == 0)
                ArgumentDigest.Of(arguments.ForTool);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{tool.Name}: {Encoding.UTF8.GetString(sent)}", exception);
        }
    }

    private static byte[] Arguments(Random random, string[] names)
    {
        var text = new StringBuilder("{");
        for (var members = random.Next(0, 5); members > 0; members--)
            text.Append(names[random.Next(names.Length)]).Append(':').Append(Texts[random.Next(Texts.Length)]).Append(members > 1 ? "," : "");
        var bytes = Encoding.UTF8.GetBytes(text.Append('}').ToString());
        if (random.Next(10) == 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(50) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
