using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Sallyport.Core;

namespace Sallyport.Gateway.Approvals.Postgres;

/// <summary>
/// Held calls in PostgreSQL, for several instances of one gate. The database settles every race: a change names the version it
/// was made from, and a unique index keeps one waiting row for each request.
/// </summary>
public sealed class PostgresApprovals : IApprovalStore
{
    private const string Schema = """
        BEGIN;
        SELECT pg_advisory_xact_lock(5371193001);
        CREATE TABLE IF NOT EXISTS sallyport_approvals (
            id text PRIMARY KEY, caller text NOT NULL, request text NOT NULL, waiting boolean NOT NULL,
            version integer NOT NULL, expires timestamptz NOT NULL, held text NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS sallyport_approvals_waiting ON sallyport_approvals (request) WHERE waiting;
        COMMIT;
        """;

    private const string Add = """
        INSERT INTO sallyport_approvals (id, caller, request, waiting, version, expires, held)
        SELECT $1, $2, $3, true, 0, $4, $5 WHERE (SELECT count(*) FROM sallyport_approvals WHERE caller = $2 AND waiting) < $6
        ON CONFLICT (request) WHERE waiting DO NOTHING
        """;

    private readonly NpgsqlDataSource _database;
    private readonly HeldCallSeal _seal;
    private readonly SemaphoreSlim _first = new(1);
    private bool _isReady;

    /// <param name="connection">A connection string; over a network, with <c>SSL Mode=VerifyFull</c>.</param>
    public PostgresApprovals(Secret connection, HeldCallSeal? seal = null)
    {
        _seal = seal ?? HeldCallSeal.None;
        var builder = new NpgsqlSlimDataSourceBuilder(connection.Reveal());
        builder.EnableTransportSecurity();
        _database = builder.Build();
    }

    public Task<HeldCall?> AddAsync(HeldCall call, int mostPerCaller, DateTimeOffset now, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            await using (var expired = Command("DELETE FROM sallyport_approvals WHERE expires <= $1", now))
                await expired.ExecuteNonQueryAsync(cancellationToken);
            var request = RequestOf(call);
            await using var add = Command(Add, call.Id, call.Caller, request, call.Expires, Json(call), (long)mostPerCaller);
            if (await add.ExecuteNonQueryAsync(cancellationToken) == 1)
                return call;
            // The same call waits already, or there are too many; also when the two met just now.
            await using var same = Command("SELECT held, version, id FROM sallyport_approvals WHERE request = $1 AND waiting", request);
            return (await ReadAsync(same, cancellationToken)).FirstOrDefault();
        },
        cancellationToken);

    public Task<HeldCall?> FindAsync(string id, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            await using var find = Command("SELECT held, version, id FROM sallyport_approvals WHERE id = $1", id);
            return (await ReadAsync(find, cancellationToken)).FirstOrDefault();
        },
        cancellationToken);

    public Task<IReadOnlyList<HeldCall>> ListAsync(CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            await using var list = Command("SELECT held, version, id FROM sallyport_approvals");
            return (IReadOnlyList<HeldCall>)await ReadAsync(list, cancellationToken);
        },
        cancellationToken);

    public Task<bool> TryReplaceAsync(HeldCall read, HeldCall changed, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            await using var replace = Command(
                "UPDATE sallyport_approvals SET held = $3, waiting = $4, version = version + 1 WHERE id = $1 AND version = $2",
                read.Id, read.Version, Json(changed with { Version = read.Version + 1 }), changed.State == ApprovalState.Waiting);
            return await replace.ExecuteNonQueryAsync(cancellationToken) == 1;
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _first.Dispose();
        await _database.DisposeAsync();
    }

    private static string RequestOf(HeldCall call) => JsonSerializer.Serialize([call.Tool, call.Tenant, call.Caller, call.Digest], HeldCallJson.Default.StringArray);

    private string Json(HeldCall call) => Encoding.UTF8.GetString(_seal.Write(call));

    private async Task<List<HeldCall>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        List<HeldCall> calls = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            // What stands beside a call must agree with it: only the call is sealed.
            if (_seal.Read(Encoding.UTF8.GetBytes(reader.GetString(0))) is { } call && call.Version == reader.GetInt32(1) && call.Id == reader.GetString(2))
                calls.Add(call);
        }

        return calls;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = _database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value switch
            {
                string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
                bool isSet => new NpgsqlParameter<bool> { TypedValue = isSet },
                int number => new NpgsqlParameter<int> { TypedValue = number },
                long number => new NpgsqlParameter<long> { TypedValue = number },
                DateTimeOffset time => new NpgsqlParameter<DateTimeOffset> { TypedValue = time.ToUniversalTime() },
                _ => throw new NotSupportedException(value.GetType().Name),
            });
        }

        return command;
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> question, CancellationToken cancellationToken)
    {
        try
        {
            if (!_isReady)
                await PrepareAsync(cancellationToken);
            return await question();
        }
        catch (Exception failure) when (failure is NpgsqlException or JsonException or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw new ApprovalsUnavailableException("The database with the held calls cannot be asked.", failure);
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _first.WaitAsync(cancellationToken);
        try
        {
            if (_isReady)
                return;
            await using var command = _database.CreateCommand(Schema);
            await command.ExecuteNonQueryAsync(cancellationToken);
            _isReady = true;
        }
        finally
        {
            _first.Release();
        }
    }
}
