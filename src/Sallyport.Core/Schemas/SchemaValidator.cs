using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sallyport.Core.Schemas;

/// <summary>Walks a UTF-8 document beside its schema and notes every disagreement, without building a tree.</summary>
internal ref struct SchemaValidator
{
    private const int MaxDepth = 32;

    private readonly List<SchemaError> _errors;
    private readonly int _mostErrors;
    private Utf8JsonReader _reader;

    private SchemaValidator(ReadOnlySpan<byte> utf8, List<SchemaError> errors, int mostErrors)
    {
        (_errors, _mostErrors) = (errors, mostErrors);
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    public static void Validate(ReadOnlySpan<byte> utf8, SchemaNode schema, List<SchemaError> errors, int mostErrors)
    {
        var validator = new SchemaValidator(utf8, errors, mostErrors);
        try
        {
            validator._reader.Read();
            validator.Value(schema, "");
            while (validator._reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            errors.Add(new SchemaError("", $"must be well-formed JSON, at most {MaxDepth} levels deep"));
        }
        catch (InvalidOperationException)
        {
            // What the reader throws for half a surrogate pair, which only shows when text is unescaped.
            errors.Add(new SchemaError("", "must be Unicode text throughout"));
        }
    }

    private void Value(SchemaNode schema, string path)
    {
        // Whoever reads the text next would stumble over what is not Unicode.
        if (_reader is { TokenType: JsonTokenType.String, ValueIsEscaped: true })
            _ = _reader.GetString();
        var kind = Kind();
        if ((schema.Kinds & kind) == 0 && !(kind == SchemaKind.Integer && schema.Kinds.HasFlag(SchemaKind.Number)))
        {
            Fail(path, $"must be {Describe(schema)}");
            _reader.Skip();
            return;
        }

        if (schema.Enum is { } allowed && kind != SchemaKind.Null && !IsAllowed(allowed))
        {
            Fail(path, $"must be one of {string.Join(", ", allowed)}");
            _reader.Skip();
            return;
        }

        switch (kind)
        {
            case SchemaKind.Object: Object(schema, path); break;
            case SchemaKind.Array: Array(schema, path); break;
            case SchemaKind.String: Text(schema, path); break;
            case SchemaKind.Integer or SchemaKind.Number: Number(schema, path); break;
        }
    }

    private readonly SchemaKind Kind() => _reader.TokenType switch
    {
        JsonTokenType.StartObject => SchemaKind.Object,
        JsonTokenType.StartArray => SchemaKind.Array,
        JsonTokenType.String => SchemaKind.String,
        JsonTokenType.Number => _reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 ? SchemaKind.Integer : SchemaKind.Number,
        JsonTokenType.True or JsonTokenType.False => SchemaKind.Boolean,
        _ => SchemaKind.Null,
    };

    private readonly bool IsAllowed(IReadOnlyList<string> allowed)
    {
        foreach (var option in allowed)
        {
            if (option.StartsWith('"')
                ? _reader.TokenType == JsonTokenType.String && _reader.ValueTextEquals(option.AsSpan(1, option.Length - 2))
                : _reader.ValueSpan.SequenceEqual(Encoding.UTF8.GetBytes(option)))
                return true;
        }

        return false;
    }

    private void Object(SchemaNode schema, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            if (!TryName(path, out var name))
                continue;
            var member = path.Length == 0 ? name : $"{path}.{name}";
            var isNew = seen.Add(name);
            _reader.Read();
            if (!isNew)
                FailAndSkip(member, "is given twice");
            else if (schema.Properties.TryGetValue(name, out var property))
                Value(property, member);
            else if (schema.Unlisted is { } unlisted)
                Value(unlisted, member);
            else
                FailAndSkip(Shown(path, name), Suggestion.For(name, schema.Properties.Keys));
        }

        foreach (var required in schema.Required)
        {
            if (!seen.Contains(required))
                Fail(path.Length == 0 ? required : $"{path}.{required}", "is required");
        }
    }

    /// <summary>A name that is not text at all (a lone surrogate) cannot be any member we know.</summary>
    private bool TryName(string path, out string name)
    {
        try
        {
            name = _reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "";
            _reader.Read();
            FailAndSkip(path, "has a member whose name is not valid text");
            return false;
        }
    }

    private void Array(SchemaNode schema, string path)
    {
        var count = 0;
        var seen = schema.UniqueItems ? new HashSet<string>(StringComparer.Ordinal) : null;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            var item = $"{path}[{count.ToString(CultureInfo.InvariantCulture)}]";
            count++;
            if (seen is not null && _reader.TokenType is JsonTokenType.String or JsonTokenType.Number && !seen!.Add(Encoding.UTF8.GetString(_reader.ValueSpan)))
                Fail(item, "is given twice");
            Value(schema.Items ?? SchemaNode.AnyValue, item);
        }

        if (count < schema.MinItems)
            Fail(path, $"must have at least {schema.MinItems} items");
        if (count > schema.MaxItems)
            Fail(path, $"must have at most {schema.MaxItems} items");
    }

    private readonly void Text(SchemaNode schema, string path)
    {
        string text;
        try
        {
            text = _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Fail(path, "must be valid Unicode text");
            return;
        }

        if (schema.MinLength is not null || schema.MaxLength is not null)
        {
            var length = 0;
            foreach (var _ in text.EnumerateRunes())
                length++;
            if (length < schema.MinLength)
                Fail(path, schema.MinLength == 1 ? "must not be empty" : $"must have at least {schema.MinLength} characters");
            if (length > schema.MaxLength)
                Fail(path, $"must have at most {schema.MaxLength} characters");
        }

        if (schema.Pattern is { } pattern && !TextFormat.IsMatch(pattern, text))
            Fail(path, $"must match {pattern}");
        if (schema.Format is { } format && !TextFormat.IsValid(format, text))
            Fail(path, $"must be a {format}");
    }

    private readonly void Number(SchemaNode schema, string path)
    {
        if (schema.Minimum is null && schema.Maximum is null)
            return;
        var inRange = _reader.TryGetDecimal(out var value) && !(value < schema.Minimum) && !(value > schema.Maximum);
        if (!inRange)
            Fail(path, (schema.Minimum, schema.Maximum) switch
            {
                ({ } low, { } high) => $"must be from {low} to {high}",
                ({ } low, null) => $"must be at least {low}",
                (_, { } high) => $"must be at most {high}",
                _ => "is out of range",
            });
    }

    private static string Shown(string path, string name)
    {
        var safe = name.Length <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '$') ? name : "(unprintable name)";
        return path.Length == 0 ? safe : $"{path}.{safe}";
    }

    private static string Describe(SchemaNode schema)
    {
        if (schema.Enum is { } allowed)
            return $"one of {string.Join(", ", allowed)}";
        var kinds = schema.Kinds.HasFlag(SchemaKind.Number) ? schema.Kinds & ~SchemaKind.Integer : schema.Kinds;
        var words = Enum.GetValues<SchemaKind>().Where(kind => kind is not (SchemaKind.None or SchemaKind.Any) && kinds.HasFlag(kind))
            .Select(kind => kind switch
            {
                SchemaKind.Object => "an object",
                SchemaKind.Array => "an array",
                SchemaKind.Integer => "an integer",
                SchemaKind.Null => "null",
                _ => $"a {kind.ToString().ToLowerInvariant()}",
            });
        return string.Join(" or ", words);
    }

    private void FailAndSkip(string path, string message)
    {
        Fail(path, message);
        _reader.Skip();
    }

    private readonly void Fail(string path, string message)
    {
        if (_errors.Count < _mostErrors)
            _errors.Add(new SchemaError(path, message));
    }
}
