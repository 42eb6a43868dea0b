namespace Sallyport.Connectors.Network.Nmap.Planning;

/// <summary>What each template stands for.</summary>
internal static class Templates
{
    public static void AddTo(OptionSet options, ScanTemplate template)
    {
        Add("-T4");
        if (template == ScanTemplate.Discovery)
        {
            Add("-sn");
            return;
        }

        if (template == ScanTemplate.Thorough) Add("-p", PortList.All.Text);
        else Add("--top-ports", template == ScanTemplate.Quick ? "100" : "1000");
        if (template is not ScanTemplate.Thorough) Add("-Pn");
        if (template is ScanTemplate.Standard or ScanTemplate.Thorough or ScanTemplate.Version) Add("-sV");
        if (template is ScanTemplate.Version) Add("--version-intensity", "5");
        if (template is ScanTemplate.Thorough or ScanTemplate.Script) Add("-sC");

        void Add(string name, string? value = null) => options.Add(OptionSource.Template, name, value);
    }
}
