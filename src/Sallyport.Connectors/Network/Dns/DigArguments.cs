using System.Collections.Frozen;
using Sallyport.Connectors.Network.Arguments;
using Sallyport.Core;

namespace Sallyport.Connectors.Network.Dns;

/// <summary>Reads the options that scripts give dig into the typed fields. How dig prints is ours to decide, so such options change nothing.</summary>
internal static class DigArguments
{
    private static readonly FrozenSet<string> AboutPrinting = FrozenSet.Create(
        StringComparer.Ordinal, "all", "answer", "authority", "additional", "question", "stats", "comments", "cmd", "rrcomments", "multiline", "onesoa", "identify",
        "ttlid", "ttlunits", "nsid", "qr", "ignore", "fail", "aaflag", "adflag", "cdflag", "raflag", "tcflag");

    private static readonly FrozenDictionary<string, (int Least, int Most)> Numbers = new Dictionary<string, (int, int)>
    {
        ["edns"] = (0, 1),
        ["bufsize"] = (512, 4096),
        ["time"] = (1, 10),
        ["tries"] = (1, 5),
        ["retry"] = (0, 5),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The arguments with what the text says, and whether only values are to be printed.</summary>
    public static (LookUpName Arguments, bool Short) Merge(LookUpName arguments, int maxBytes)
    {
        var isShort = false;
        var tokens = new Queue<string>(ArgumentText.Split(arguments.ExtraArgs, maxBytes));
        while (tokens.TryDequeue(out var token))
        {
            if (token.StartsWith('@')) arguments = arguments with { Server = Once(arguments.Server, token[1..], "server") };
            else if (token.StartsWith('+')) arguments = Option(arguments, token[1..], ref isShort);
            else arguments = Flag(arguments, token, tokens);
        }

        return (arguments, isShort);
    }

    private static LookUpName Flag(LookUpName arguments, string token, Queue<string> tokens)
    {
        // An address is looked up backwards anyway, and IPv4 is all there is.
        if (token is "-x" or "-4" or "-r") return arguments;
        if (RecordType.TryParse(token, out _) || RecordType.IsTransfer(token)) return arguments with { Type = Once(arguments.Type, token, "type") };
        if (token is not ("-t" or "-p" or "-c") || !tokens.TryDequeue(out var value)) throw Refused(token);
        return token switch
        {
            "-t" => arguments with { Type = Once(arguments.Type, value, "type") },
            "-p" when Digits.TryRead(value, out var port) && port is >= 1 and <= 65535 => arguments with { Port = port },
            "-c" when value is "IN" or "in" => arguments,
            _ => throw Refused($"{token} {value}"),
        };
    }

    private static LookUpName Option(LookUpName arguments, string option, ref bool isShort)
    {
        var isOn = !option.StartsWith("no", StringComparison.Ordinal);
        var name = isOn ? option : option[2..];
        switch (name)
        {
            case "short":
                isShort = isOn;
                return arguments;
            case "tcp" or "vc":
                return arguments with { Tcp = isOn };
            case "dnssec":
                return arguments with { Dnssec = isOn };
            case "recurse":
                return arguments with { Recurse = isOn };
        }

        if (AboutPrinting.Contains(name) || (!isOn && name == "edns")) return arguments;
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && Numbers.TryGetValue(option[..equals], out var range) && Digits.TryRead(option.AsSpan(equals + 1), out var number)
            && number >= range.Least && number <= range.Most)
            return arguments;
        throw Refused("+" + option);
    }

    private static string Once(string? earlier, string value, string what) => earlier is null || earlier.Equals(value, StringComparison.OrdinalIgnoreCase)
        ? value
        : throw new InvalidArgumentsException($"extra_args names another {what} than the field does.");

    private static InvalidArgumentsException Refused(string token) => new(
        $"'{token}' in extra_args is not allowed: a record type, @server, -t, -p, +short, +tcp, +dnssec, +norecurse and dig's printing options are.");
}
