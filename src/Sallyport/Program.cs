using System.Runtime.ExceptionServices;
using Sallyport.Commands;

ExceptionHandling.SetUnhandledExceptionHandler(Crash.Tell);
return await CommandTree.RunAsync(args);
