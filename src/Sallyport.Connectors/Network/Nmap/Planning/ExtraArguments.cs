using Sallyport.Connectors.Network.Arguments;
using Sallyport.Core;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Network.Nmap.Planning;

/// <summary>Reads <c>extra_args</c> token by token: each is an option of the table or the value of the one before it, nothing else.</summary>
internal static class ExtraArguments
{
    public static void AddTo(OptionSet options, string text, int maxBytes)
    {
        var tokens = new Queue<string>(ArgumentText.Split(text, maxBytes));
        while (tokens.TryDequeue(out var token))
        {
            var (flag, value) = Read(token);
            if (flag.Form is ValueForm.Separate or ValueForm.SeparateOrAttached)
                value ??= tokens.TryDequeue(out var next) ? next : throw new InvalidArgumentsException($"{flag.Name} needs a value.");
            if (value is "" || (value?.StartsWith('-') == true && value != "-"))
                throw new InvalidArgumentsException($"The value of {flag.Name} must not be empty or begin with '-'.");
            options.Add(OptionSource.ExtraArguments, flag.Name, value);
        }
    }

    private static (NmapFlag Flag, string? Value) Read(string token)
    {
        if (NmapFlags.Find(token) is { } exact) return (exact, null);
        var equals = token.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && NmapFlags.Find(token[..equals]) is { Form: ValueForm.Separate or ValueForm.SeparateOrAttached } flag)
            return (flag, token[(equals + 1)..]);
        if (equals < 0 && NmapFlags.FindAttached(token) is { } attached)
            return (attached, token[attached.Name.Length..]);
        throw new InvalidArgumentsException(token.StartsWith('-')
            ? $"'{token}' in extra_args {Suggestion.For(token, NmapFlags.Names)}. Only options of the allow-list are taken, each spelled out."
            : $"'{token}' in extra_args is neither an option nor the value of one; targets go into 'target'.");
    }
}
