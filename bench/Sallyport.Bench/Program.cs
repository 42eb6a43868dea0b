using Sallyport.Bench;

if (args is ["scan"])
{
    await ScanBench.RunAsync();
    return;
}

if (args is ["taint"])
{
    TaintBench.Run();
    return;
}

Console.WriteLine($"{Environment.ProcessorCount} processors, {Load.Connections} connections, {Load.Seconds} s each; client and server share them.");
Console.WriteLine($"{"case",-46}{"calls/s",10}{"p50 ms",9}{"p99 ms",9}{"MB",7}{"ratio",8}");
await EdgeBench.RunAsync();
await ObservedBench.RunAsync();
await EsetBench.RunAsync();
await ShaperBench.RunAsync();
TaintBench.Run();
await AuditBench.RunAsync();
await StdioBench.RunAsync();
await ScanBench.RunAsync();
