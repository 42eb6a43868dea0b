Console.WriteLine("sallyport");
