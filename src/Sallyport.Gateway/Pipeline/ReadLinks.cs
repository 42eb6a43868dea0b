using System.Collections.Concurrent;
using Sallyport.Core.Tools;

namespace Sallyport.Gateway.Pipeline;

/// <summary>What was read before a write, newest 500 of a conversation.</summary>
public sealed record ReadLink(IReadOnlyList<string> Ids, long? Total);

/// <summary>Remembers which objects each conversation has read, so that the audit can link a write to what came before it.</summary>
public sealed class ReadLinks(TimeProvider time)
{
    private const int MostKept = 500;
    private const int MostConversations = 10_000;
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(60);

    private readonly ConcurrentDictionary<string, Conversation> _conversations = new(StringComparer.Ordinal);

    public void Note(ToolCall call, IReadOnlyList<ObjectRead> reads)
    {
        if (reads.Count == 0)
            return;
        if (_conversations.Count >= MostConversations)
            Forget();
        var conversation = _conversations.GetOrAdd(KeyOf(call), _ => new Conversation());
        lock (conversation)
        {
            conversation.Touched = time.GetTimestamp();
            foreach (var read in reads)
            {
                if (conversation.Seen.Add(read))
                    conversation.Order.Enqueue(read);
            }

            while (conversation.Order.Count > MostKept)
                conversation.Dropped += conversation.Seen.Remove(conversation.Order.Dequeue()) ? 1 : 0;
        }
    }

    /// <summary>What the conversation had read before this write; empty when nothing.</summary>
    public ReadLink Before(ToolCall call)
    {
        if (!_conversations.TryGetValue(KeyOf(call), out var conversation))
            return new ReadLink([], null);
        lock (conversation)
        {
            if (time.GetElapsedTime(conversation.Touched) > Forgotten)
                return new ReadLink([], null);
            return new ReadLink(
                [.. conversation.Order.Select(read => $"{read.Kind}:{read.Id}")],
                conversation.Dropped == 0 ? null : conversation.Order.Count + conversation.Dropped);
        }
    }

    private void Forget()
    {
        foreach (var (key, conversation) in _conversations)
        {
            lock (conversation)
            {
                if (time.GetElapsedTime(conversation.Touched) > Forgotten)
                    _conversations.TryRemove(key, out _);
            }
        }
    }

    private static string KeyOf(ToolCall call) => $"{call.Caller.Identity}\n{call.Caller.Session}\n{call.Tenant.Id}";

    private sealed class Conversation
    {
        public HashSet<ObjectRead> Seen { get; } = [];

        public Queue<ObjectRead> Order { get; } = new();

        public long Dropped { get; set; }

        public long Touched { get; set; }
    }
}
