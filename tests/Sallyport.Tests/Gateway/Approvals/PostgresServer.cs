using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;
using Sallyport.Core;

namespace Sallyport.Tests.Gateway.Approvals;

/// <summary>A real PostgreSQL of its own on a free port of this machine, from Debian's package; gone with the tests.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-postgres-");
    private readonly string _password = RandomNumberGenerator.GetHexString(24);
    private Process? _server;
    private int _port;

    private static string? Programs => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    /// <summary>Why there is no server; null when there is one.</summary>
    public static string? Missing => Programs is null ? "PostgreSQL is not installed; eng/prerequisites.sh brings it." : null;

    public async ValueTask InitializeAsync()
    {
        if (Programs is not { } programs)
            return;
        _port = FreePort();
        var passwordFile = Path.Combine(_folder.FullName, "password");
        await File.WriteAllTextAsync(passwordFile, _password);
        var cluster = Path.Combine(_folder.FullName, "cluster");
        await RunAsync("chmod", "-R", "a+rwX", _folder.FullName);
        using (var make = AsUser(Path.Combine(programs, "initdb"), "-D", cluster, "-U", "gate", "--auth=scram-sha-256", $"--pwfile={passwordFile}", "--no-sync"))
            await make.WaitForExitAsync();
        _server = AsUser(
            Path.Combine(programs, "postgres"), "-D", cluster, "-p", $"{_port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off");
        await ReadyAsync();
    }

    /// <summary>A connection string to a new, empty database.</summary>
    public async Task<Secret> NewDatabaseAsync()
    {
        var name = $"d{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        await using var connection = new NpgsqlConnection(Connection("postgres"));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        return new Secret(Connection(name));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private string Connection(string database) => $"Host=127.0.0.1;Port={_port};Username=gate;Password={_password};Database={database};Pooling=true";

    private async Task ReadyAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Connection("postgres"));
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (attempt < 300 && _server is { HasExited: false })
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>PostgreSQL refuses to run as root; its package made a user for it.</summary>
    private static Process AsUser(string program, params string[] arguments)
        => Environment.UserName == "root" ? Start("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments]) : Start(program, arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        await process.WaitForExitAsync();
    }

    private static Process Start(string program, string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
