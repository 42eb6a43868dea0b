namespace Sallyport.Simulator.Defender.Kql;

/// <summary>Runs the part of the hunting language that the range needs; what it does not know it refuses, as the real engine does.</summary>
internal sealed class KqlQuery
{
    private static readonly HuntTable Nothing = new([], [[]]);

    private readonly KqlReader _reader;
    private readonly KqlScope _scope;

    private KqlQuery(string query, KqlScope scope) => (_reader, _scope) = (new(KqlWord.Split(query)), scope);

    /// <exception cref="KqlRefusal">The query cannot be run.</exception>
    public static HuntTable Run(string query, KqlScope scope)
    {
        var run = new KqlQuery(query, scope);
        while (run._reader.Is("let"))
            run.Let();
        var table = run.Pipeline();
        while (run._reader.Accept(";"))
        {
        }
        return run._reader.IsAtEnd ? table : throw new KqlRefusal($"Syntax error: unexpected '{run._reader.Peek.Text}'.");
    }

    private void Let()
    {
        _reader.Expect("let");
        var name = _reader.Name();
        _reader.Expect("=");
        if (_reader.Accept("dynamic"))
            _scope.Scalars[name] = Dynamic();
        else if (_reader.Is("union") || _reader.Is("print") || _reader.Is("(") || (_reader.Peek.Kind == WordKind.Name && _scope.Knows(_reader.Peek.Text)))
            _scope.Bind(name, Pipeline());
        else
            _scope.Scalars[name] = Fixed(new KqlExpression(_reader, Nothing, _scope, "let").Read());
        _reader.Expect(";");
    }

    private static KqlFormula Fixed(KqlFormula formula)
    {
        var value = formula.Of([]);
        return formula with { Of = _ => value };
    }

    private KqlFormula Dynamic()
    {
        _reader.Expect("(");
        _reader.Expect("[");
        var items = new List<object?>();
        while (!_reader.Accept("]"))
        {
            if (items.Count > 0)
                _reader.Expect(",");
            items.Add(new KqlExpression(_reader, Nothing, _scope, "let").Read().Of([]));
        }
        _reader.Expect(")");
        return new("Object", _ => items);
    }

    private HuntTable Pipeline()
    {
        var table = Source();
        while (_reader.Accept("|"))
            table = new KqlOperators(_reader, table, _scope, Pipeline).Apply();
        return table;
    }

    private HuntTable Source()
    {
        if (_reader.Accept("("))
        {
            var inner = Pipeline();
            _reader.Expect(")");
            return inner;
        }
        if (_reader.Accept("print"))
            return new KqlOperators(_reader, Nothing, _scope, Pipeline).Project("print", isExtension: false);
        if (_reader.Accept("union"))
            return new KqlOperators(_reader, new([], []), _scope, Pipeline).Union();
        return _scope.Table(_reader.Name());
    }
}
