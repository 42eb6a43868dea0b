using System.Diagnostics;
using System.Net.Http.Headers;

namespace Sallyport.Bench;

/// <summary>What one case did under load.</summary>
/// <param name="Processor">Microseconds of processor time for each call, client and server together; other programs disturb it less than the rate.</param>
internal sealed record Measured(double PerSecond, double P50, double P99, long Megabytes, double Processor)
{
    public void Print(string name, Measured? limit = null)
        => Console.WriteLine($"{name,-46}{PerSecond,10:F0}{P50,9:F2}{P99,9:F2}{Megabytes,7}{Processor,8:F1}{(limit is null ? "" : (PerSecond / limit.PerSecond).ToString("F2")),8}");
}

/// <summary>Keeps a fixed number of connections busy with one request and takes the time of each.</summary>
internal static class Load
{
    public const int Connections = 32;
    public const int Seconds = 5;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static async Task<Measured> RunAsync(Uri address, byte[] body, params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Connections };
        using var client = new HttpClient(handler);
        await PhaseAsync(client, address, body, headers, WarmUp);
        var used = Environment.CpuUsage.TotalTime;
        var times = await PhaseAsync(client, address, body, headers, TimeSpan.FromSeconds(Seconds));
        var processor = (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / times.Count;
        times.Sort();
        return new Measured(
            times.Count / (double)Seconds, times[times.Count / 2].TotalMilliseconds, times[times.Count * 99 / 100].TotalMilliseconds, Environment.WorkingSet >> 20, processor);
    }

    private static async Task<List<TimeSpan>> PhaseAsync(HttpClient client, Uri address, byte[] body, (string Name, string Value)[] headers, TimeSpan length)
    {
        var end = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        var workers = Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            List<TimeSpan> times = [];
            var sink = new byte[64 * 1024];
            while (Stopwatch.GetTimestamp() < end)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                foreach (var (name, value) in headers)
                    request.Headers.TryAddWithoutValidation(name, value);
                var start = Stopwatch.GetTimestamp();
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                answer.EnsureSuccessStatusCode();
                await using var stream = await answer.Content.ReadAsStreamAsync();
                while (await stream.ReadAsync(sink) > 0)
                {
                }

                times.Add(Stopwatch.GetElapsedTime(start));
            }

            return times;
        })).ToList();
        return [.. (await Task.WhenAll(workers)).SelectMany(times => times)];
    }
}
