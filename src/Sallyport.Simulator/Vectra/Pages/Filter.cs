namespace Sallyport.Simulator.Vectra.Pages;

/// <summary>The conditions that a request sets; a parameter that is absent sets none.</summary>
internal sealed class Filter<T>
{
    private readonly List<Func<T, bool>> _conditions = [];

    public void When<TValue>(TValue? value, Func<T, TValue, bool> condition)
        where TValue : struct
    {
        if (value is { } given)
            _conditions.Add(item => condition(item, given));
    }

    public void When<TValue>(TValue? value, Func<T, TValue, bool> condition)
        where TValue : class
    {
        if (value is not null)
            _conditions.Add(item => condition(item, value));
    }

    public bool Passes(T item) => _conditions.TrueForAll(condition => condition(item));
}
