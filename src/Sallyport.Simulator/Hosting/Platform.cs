namespace Sallyport.Simulator.Hosting;

/// <summary>The platforms that can be simulated.</summary>
public enum Platform
{
    Vectra,
    Defender,
    Eset,
    DefectDojo,
}
