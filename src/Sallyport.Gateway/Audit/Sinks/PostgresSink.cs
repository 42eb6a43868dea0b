using Npgsql;
using NpgsqlTypes;
using Sallyport.Core;
using Sallyport.Gateway.Audit.Forwarding;

namespace Sallyport.Gateway.Audit.Sinks;

/// <summary>
/// The same chains in PostgreSQL, where the records of several gates can be asked together. The text of a record is kept
/// to the byte, so that the chain can be checked from there; a record that comes twice is kept once.
/// </summary>
public sealed class PostgresSink : IAuditSink
{
    private const string Schema = """
        BEGIN;
        SELECT pg_advisory_xact_lock(5371193002);
        CREATE TABLE IF NOT EXISTS sallyport_audit (
            chain text NOT NULL, seq bigint NOT NULL, time timestamptz NOT NULL, event text NOT NULL, instance text, call text, caller text,
            tenant text, tool text, outcome text, code text, record text NOT NULL, PRIMARY KEY (chain, seq));
        CREATE INDEX IF NOT EXISTS sallyport_audit_time ON sallyport_audit (time);
        COMMIT;
        """;

    private const string Insert = """
        INSERT INTO sallyport_audit (chain, seq, time, event, instance, call, caller, tenant, tool, outcome, code, record)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (chain, seq) DO NOTHING
        """;

    private readonly NpgsqlDataSource _database;
    private bool _isReady;

    /// <param name="connection">A connection string; over a network, with <c>SSL Mode=VerifyFull</c>.</param>
    public PostgresSink(Secret connection)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(connection.Reveal());
        builder.EnableTransportSecurity();
        _database = builder.Build();
    }

    public TimeSpan Doubt => TimeSpan.Zero;

    public bool IsConnected => true;

    public int MaxRecordBytes => int.MaxValue;

    public async Task SendAsync(IReadOnlyList<AuditLine> records, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _database.OpenConnectionAsync(cancellationToken);
            if (!_isReady)
            {
                await using var schema = new NpgsqlCommand(Schema, connection);
                await schema.ExecuteNonQueryAsync(cancellationToken);
                _isReady = true;
            }

            // One round trip and one transaction: all of them or none.
            await using var batch = new NpgsqlBatch(connection);
            foreach (var record in records) batch.BatchCommands.Add(Command(record));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException failure)
        {
            throw new SinkException($"refused the records ({failure.SqlState})", failure);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException)
        {
            throw new SinkException("cannot be reached", failure);
        }
    }

    public Task<bool> FinishAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static NpgsqlBatchCommand Command(AuditLine line)
    {
        var entry = line.Entry!;
        var command = new NpgsqlBatchCommand(Insert);
        Text(entry.Chain);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = entry.Seq });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = entry.Time.UtcDateTime });
        Text(entry.Event);
        Text(entry.Instance);
        Text(entry.CallId);
        Text(entry.Caller);
        Text(entry.Tenant);
        Text(entry.Tool);
        Text(entry.Outcome);
        Text(entry.Code);
        Text(System.Text.Encoding.UTF8.GetString(line.Utf8.Span));
        return command;

        // PostgreSQL has no NUL in text; the record itself has it escaped.
        void Text(string? value) => command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value?.Replace('\0', '\uFFFD') ?? DBNull.Value });
    }
}
