using Sallyport.Bench;

Console.WriteLine($"{Environment.ProcessorCount} processors, {Load.Connections} connections, {Load.Seconds} s each; client and server share them.");
Console.WriteLine($"{"case",-46}{"calls/s",10}{"p50 ms",9}{"p99 ms",9}{"MB",7}{"cpu us",8}{"ratio",8}");
(string Name, Func<Task> RunAsync)[] all =
[
    ("edge", EdgeBench.RunAsync), ("observed", ObservedBench.RunAsync), ("eset", EsetBench.RunAsync), ("shaper", ShaperBench.RunAsync),
    ("taint", () => Task.Run(TaintBench.Run)), ("audit", AuditBench.RunAsync), ("stdio", StdioBench.RunAsync), ("scan", ScanBench.RunAsync),
];
foreach (var bench in all.Where(bench => args.Length == 0 || args.Contains(bench.Name)))
    await bench.RunAsync();
