using System.Collections.Frozen;

namespace Sallyport.Connectors.Defender.Kql;

/// <summary>The words that make a query more than a read, by what they would do.</summary>
internal static class KqlWords
{
    /// <summary>Verbs of management commands; with hyphens they are several tokens in a row.</summary>
    public static readonly FrozenSet<string> Verbs = Set(
        "add alter alter-merge append attach cancel clear copy create create-merge create-or-alter delete detach disable drop drop-pretend "
        + "enable execute export external_table grant ingest materialize merge move patch purge rebuild rename replace restrict revoke run "
        + "save set set-or-append set-or-replace stop truncate undo unload");

    /// <summary>What a management command acts on; a verb before one of these is no member access.</summary>
    public static readonly FrozenSet<string> Nouns = Set(
        "table tables function functions database databases column columns external materialized-view extent extents extents policy async into "
        + "cluster entity_group inline follower mapping role principal");

    /// <summary>Functions that reach other services.</summary>
    public static readonly FrozenSet<string> Egress = Set("externaldata external_table cluster adx");

    /// <summary>Plug-ins that send requests or run foreign code.</summary>
    public static readonly FrozenSet<string> Plugins = Set(
        "http_request http_request_post sql_request mysql_request postgresql_request cosmosdb_sql_request azure_digital_twins_query_request "
        + "ai_embed_text ai_chat_completion ai_chat_completion_prompt python r");

    /// <summary>Request options that lift the engine's limits on time, memory or the size of a result.</summary>
    public static readonly FrozenSet<string> Unbounding = Set(
        "notruncation truncationmaxsize truncationmaxrecords norequesttimeout servertimeout maxmemoryconsumptionperiterator "
        + "maxmemoryconsumptionperquerypernode max_memory_consumption_per_iterator max_memory_consumption_per_query_per_node "
        + "query_results_progressive_enabled truncation_max_size truncation_max_records");

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
