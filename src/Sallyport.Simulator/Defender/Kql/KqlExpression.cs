using System.Globalization;

namespace Sallyport.Simulator.Defender.Kql;

/// <summary>A scalar expression, ready to be asked about a row.</summary>
internal sealed record KqlFormula(string Type, Func<object?[], object?> Of, string? Column = null);

/// <summary>Reads scalar expressions over the columns of one table.</summary>
internal sealed class KqlExpression(KqlReader reader, HuntTable table, KqlScope scope, string operation)
{
    public KqlFormula Read()
    {
        var left = And();
        while (reader.Accept("or"))
        {
            var (a, b) = (left, And());
            left = Truth(row => KqlValue.IsTrue(a.Of(row)) || KqlValue.IsTrue(b.Of(row)));
        }
        return left;
    }

    private KqlFormula And()
    {
        var left = Comparison();
        while (reader.Accept("and"))
        {
            var (a, b) = (left, Comparison());
            left = Truth(row => KqlValue.IsTrue(a.Of(row)) && KqlValue.IsTrue(b.Of(row)));
        }
        return left;
    }

    private KqlFormula Comparison()
    {
        var left = Sum();
        if (reader.Peek.Kind is not (WordKind.Name or WordKind.Sign))
            return left;
        var sign = reader.Peek.Text.ToLowerInvariant();
        switch (sign)
        {
            case "==" or "!=" or "=~" or "!~" or "<" or ">" or "<=" or ">=":
                reader.Take();
                return Compare(left, sign, Sum());
            case "has" or "!has" or "contains" or "!contains" or "startswith" or "!startswith" or "endswith" or "!endswith":
                reader.Take();
                return Search(left, sign, Sum());
            case "in" or "!in" or "in~" or "!in~" or "has_any":
                reader.Take();
                return Member(left, sign, List());
            case "between":
                reader.Take();
                return Between(left);
            default:
                return left;
        }
    }

    private static KqlFormula Compare(KqlFormula left, string sign, KqlFormula right) => Truth(sign switch
    {
        "==" => row => KqlValue.AreEqual(left.Of(row), right.Of(row)),
        "!=" => row => !KqlValue.AreEqual(left.Of(row), right.Of(row)),
        "=~" => row => KqlValue.AreEqual(left.Of(row), right.Of(row), StringComparison.OrdinalIgnoreCase),
        "!~" => row => !KqlValue.AreEqual(left.Of(row), right.Of(row), StringComparison.OrdinalIgnoreCase),
        "<" => row => KqlValue.Compare(left.Of(row), right.Of(row)) < 0,
        ">" => row => KqlValue.Compare(left.Of(row), right.Of(row)) > 0,
        "<=" => row => KqlValue.Compare(left.Of(row), right.Of(row)) <= 0,
        _ => row => KqlValue.Compare(left.Of(row), right.Of(row)) >= 0,
    });

    private static KqlFormula Search(KqlFormula left, string sign, KqlFormula right)
    {
        Func<string, string, bool> holds = sign.TrimStart('!') switch
        {
            "has" => KqlValue.HasWord,
            "contains" => static (text, part) => text.Contains(part, StringComparison.OrdinalIgnoreCase),
            "startswith" => static (text, part) => text.StartsWith(part, StringComparison.OrdinalIgnoreCase),
            _ => static (text, part) => text.EndsWith(part, StringComparison.OrdinalIgnoreCase),
        };
        var isNegated = sign[0] == '!';
        return Truth(row => holds(KqlValue.Text(left.Of(row)), KqlValue.Text(right.Of(row))) != isNegated);
    }

    private static KqlFormula Member(KqlFormula left, string sign, List<KqlFormula> items)
    {
        if (sign == "has_any")
            return Truth(row => items.SelectMany(item => Many(item.Of(row))).Any(item => KqlValue.HasWord(KqlValue.Text(left.Of(row)), KqlValue.Text(item))));
        var comparison = sign.EndsWith('~') ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var isNegated = sign[0] == '!';
        return Truth(row => items.SelectMany(item => Many(item.Of(row))).Any(item => KqlValue.AreEqual(left.Of(row), item, comparison)) != isNegated);
    }

    private static IEnumerable<object?> Many(object? value) => value is IReadOnlyList<object?> list ? list : [value];

    private KqlFormula Between(KqlFormula left)
    {
        reader.Expect("(");
        var low = Sum();
        reader.Expect("..");
        var high = Sum();
        reader.Expect(")");
        return Truth(row => KqlValue.Compare(left.Of(row), low.Of(row)) >= 0 && KqlValue.Compare(left.Of(row), End(low.Of(row), high.Of(row))) <= 0);
    }

    private static object? End(object? low, object? high) => low is DateTimeOffset start && high is TimeSpan length ? start + length : high;

    private KqlFormula Sum()
    {
        var left = Atom();
        while (reader.Is("+") || reader.Is("-"))
        {
            var sign = reader.Take().Text == "+" ? 1 : -1;
            var (a, b) = (left, Atom());
            left = a with { Of = row => Add(a.Of(row), b.Of(row), sign), Column = null };
        }
        return left;
    }

    private static object? Add(object? left, object? right, int sign) => (left, right) switch
    {
        (long a, long b) => a + (sign * b),
        (DateTimeOffset a, TimeSpan b) => a + (sign * b),
        (DateTimeOffset a, DateTimeOffset b) when sign < 0 => a - b,
        (TimeSpan a, TimeSpan b) => a + (sign * b),
        (long or double, long or double) => Convert.ToDouble(left, CultureInfo.InvariantCulture) + (sign * Convert.ToDouble(right, CultureInfo.InvariantCulture)),
        _ => throw new KqlRefusal("Semantic error: these values cannot be added."),
    };

    private KqlFormula Atom()
    {
        var word = reader.Peek;
        switch (word.Kind)
        {
            case WordKind.Text:
                reader.Take();
                return new("String", _ => word.Text);
            case WordKind.Number:
                reader.Take();
                var number = KqlValue.Number(word.Text);
                return new(number is long ? "Int64" : number is double ? "Double" : "TimeSpan", _ => number);
            case WordKind.Sign when reader.Accept("("):
                var inner = Read();
                reader.Expect(")");
                return inner;
            case WordKind.Name when reader.IsFollowedBy("("):
                reader.Take();
                return Call(word.Text.ToLowerInvariant());
            case WordKind.Name:
                reader.Take();
                return Named(word.Text);
            default:
                throw new KqlRefusal($"Syntax error: unexpected '{word.Text}'.");
        }
    }

    private KqlFormula Named(string name)
    {
        if (name is "true" or "false")
            return Truth(_ => name == "true");
        var at = table.Find(name);
        if (at >= 0)
            return new(table.Columns[at].Type, row => row[at], name);
        if (scope.Scalars.TryGetValue(name, out var value))
            return value;
        throw new KqlRefusal($"'{operation}' operator: Failed to resolve column or scalar expression named '{name}'");
    }

    private KqlFormula Call(string name)
    {
        if (name == "datetime")
            return DateTime();
        var items = List();
        KqlFormula Only() => items.Count == 1 ? items[0] : throw new KqlRefusal($"Semantic error: '{name}' takes one argument.");
        switch (name)
        {
            case "ago": var span = Only(); return new("DateTime", row => scope.Now - (span.Of(row) as TimeSpan? ?? throw new KqlRefusal("Semantic error: ago() takes a timespan.")));
            case "now": return new("DateTime", _ => scope.Now);
            case "not": var truth = Only(); return Truth(row => !KqlValue.IsTrue(truth.Of(row)));
            case "tolower": var lower = Only(); return new("String", row => KqlValue.Text(lower.Of(row)).ToLowerInvariant());
            case "toupper": var upper = Only(); return new("String", row => KqlValue.Text(upper.Of(row)).ToUpperInvariant());
            case "tostring": var text = Only(); return new("String", row => KqlValue.Text(text.Of(row)));
            case "strlen": var measured = Only(); return new("Int64", row => (long)KqlValue.Text(measured.Of(row)).Length);
            case "isempty": var empty = Only(); return Truth(row => KqlValue.Text(empty.Of(row)).Length == 0);
            case "isnotempty": var full = Only(); return Truth(row => KqlValue.Text(full.Of(row)).Length > 0);
            case "strcat": return new("String", row => string.Concat(items.Select(item => KqlValue.Text(item.Of(row)))));
            case "bin": return items.Count == 2 ? Bin(items[0], items[1]) : throw new KqlRefusal("Semantic error: bin() takes two arguments.");
            default: throw new KqlRefusal($"Unknown function: '{name}'.");
        }
    }

    private KqlFormula DateTime()
    {
        reader.Expect("(");
        var text = "";
        while (!reader.IsAtEnd && !reader.Is(")"))
            text += reader.Take().Text;
        reader.Expect(")");
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new("DateTime", _ => time)
            : throw new KqlRefusal("Syntax error: this is not a datetime literal.");
    }

    private static KqlFormula Bin(KqlFormula value, KqlFormula size) => value with
    {
        Of = row => (value.Of(row), size.Of(row)) switch
        {
            (DateTimeOffset time, TimeSpan span) when span > TimeSpan.Zero => new DateTimeOffset(time.UtcTicks - (time.UtcTicks % span.Ticks), TimeSpan.Zero),
            (long number, long step) when step > 0 => number - (number % step),
            _ => throw new KqlRefusal("Semantic error: bin() takes a time and a timespan, or two whole numbers."),
        },
    };

    private List<KqlFormula> List()
    {
        reader.Expect("(");
        var items = new List<KqlFormula>();
        while (!reader.Accept(")"))
        {
            if (items.Count > 0)
                reader.Expect(",");
            items.Add(Read());
        }
        return items;
    }

    private static KqlFormula Truth(Func<object?[], bool> holds) => new("SByte", row => holds(row));
}
