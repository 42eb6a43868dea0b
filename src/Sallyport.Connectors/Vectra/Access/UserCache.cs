using System.Collections.Concurrent;

namespace Sallyport.Connectors.Vectra.Access;

/// <summary>Remembers lists of users for a while; who works here changes rarely and is asked for often.</summary>
internal sealed class UserCache(TimeSpan life, TimeProvider time)
{
    private const int MostQuestions = 32;

    private readonly ConcurrentDictionary<string, (ReadOnlyMemory<byte> Answer, DateTimeOffset Until)> _answers = new(StringComparer.Ordinal);

    public bool TryFind(string question, out ReadOnlyMemory<byte> answer)
    {
        var isKnown = _answers.TryGetValue(question, out var known) && time.GetUtcNow() < known.Until;
        answer = known.Answer;
        return isKnown;
    }

    public void Keep(string question, ReadOnlyMemory<byte> answer)
    {
        if (life <= TimeSpan.Zero)
            return;
        if (_answers.Count >= MostQuestions)
            _answers.Clear();
        _answers[question] = (answer, time.GetUtcNow() + life);
    }
}
