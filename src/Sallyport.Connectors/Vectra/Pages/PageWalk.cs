using System.Runtime.CompilerServices;
using System.Text.Json;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Pages;

/// <summary>
/// Goes through a list page by page and hands out rows as they arrive, never more than asked for. A first page that
/// fails is a failure; a later one ends the list and says why.
/// </summary>
internal sealed class PageWalk
{
    private const int LargestPage = 1000;
    private const int MostPages = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    private readonly VectraClient _client;
    private readonly VectraQuery _query;
    private readonly ToolContext _context;
    private readonly int _wanted;

    /// <param name="limit">How many rows are wanted; the settings may allow fewer.</param>
    public PageWalk(VectraClient client, VectraQuery query, int limit, ToolContext context)
    {
        (_client, _query, _context, Limit) = (client, query, context, limit);
        _wanted = Math.Min(limit, client.Settings.MaxItems);
    }

    public int Limit { get; }

    /// <summary>How many items match, as the platform counts them.</summary>
    public long? Count { get; private set; }

    /// <summary>Rows handed out so far.</summary>
    public int Seen { get; private set; }

    /// <summary>Why the list ended before it should have; null when it did not.</summary>
    public string? IncompleteReason { get; private set; }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var began = _client.Time.GetTimestamp();
        var size = PageSize(_wanted);
        var page = 1;
        for (var asked = 0; Seen < _wanted; asked++)
        {
            if (asked == MostPages || _client.Time.GetElapsedTime(began) > Longest)
            {
                IncompleteReason = asked == MostPages ? "page_limit" : "upstream_timeout";
                yield break;
            }

            await using var response = await OpenAsync(page, size, cancellationToken);
            if (response is null)
                break;
            using var reader = new PageReader(response.Body);
            var before = Seen;
            while (await NextAsync(reader, page, cancellationToken))
            {
                Count ??= reader.Count;
                Seen++;
                yield return reader.Row;
                if (Seen == _wanted)
                    break;
            }

            Count ??= reader.Count;
            _context.Report(Seen, Math.Min(_wanted, Count ?? _wanted), "items read");
            if (IncompleteReason is not null || Seen == before || Seen == _wanted || !(reader.NextPage > page))
                break;
            page = reader.NextPage.Value;
        }

        if (_wanted < Limit && Seen == _wanted && Count > Seen)
            IncompleteReason ??= "item_limit";
        else if (Seen < Math.Min(_wanted, Count ?? 0))
            IncompleteReason ??= Reason(UpstreamFailure.InvalidResponse);
    }

    /// <summary>Equal pages, so that the last one is not much longer than what is still wanted.</summary>
    private static int PageSize(int wanted)
    {
        var pages = (wanted + LargestPage - 1) / LargestPage;
        return (wanted + pages - 1) / pages;
    }

    private static string Reason(UpstreamFailure failure)
        => failure == UpstreamFailure.TooLarge ? "too_large" : $"upstream_{JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.ToString())}";

    /// <summary>Null when a later page cannot be had; a page past the end is how some lists end.</summary>
    private async Task<Core.Http.UpstreamResponse?> OpenAsync(int page, int size, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _client.GetAsync(_query.Copy().With("page", page == 1 ? null : page).With("page_size", size), cancellationToken);
            response.RequireJson();
            return response;
        }
        catch (UpstreamException exception) when (page > 1)
        {
            IncompleteReason = exception.Failure == UpstreamFailure.NotFound ? null : Reason(exception.Failure);
            return null;
        }
    }

    private async ValueTask<bool> NextAsync(PageReader reader, int page, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (UpstreamException exception) when (page > 1)
        {
            IncompleteReason = Reason(exception.Failure);
            return false;
        }
    }
}
