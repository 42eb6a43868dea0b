using Sallyport.Commands;

return await CommandTree.RunAsync(args);
