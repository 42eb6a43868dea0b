using System.Reflection;

namespace Sallyport.Hosting;

/// <summary>What the program calls itself to clients.</summary>
internal static class Product
{
    public const string Name = "sallyport";

    public const string Title = "Sallyport";

    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
