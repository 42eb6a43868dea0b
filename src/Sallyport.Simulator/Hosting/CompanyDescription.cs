using System.Buffers;
using System.Text;
using System.Text.Json;
using Sallyport.Simulator.Hosting.Ports;
using Sallyport.Simulator.World;

namespace Sallyport.Simulator.Hosting;

/// <summary>Writes where everything is and how to sign in, for scripts that start the simulators and read one line.</summary>
internal static class CompanyDescription
{
    public static string Write(SimulatedCompany company)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("seed", company.World.Seed);
            json.WriteNumber("devices", company.World.DeviceCount);
            json.WriteString("now", company.World.Now);
            json.WriteStartObject("platforms");
            foreach (var platform in company.Platforms)
                Write(json, platform);
            json.WriteEndObject();
            json.WriteStartArray("services");
            foreach (var service in company.Services)
                Write(json, service, company.World);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, RunningPlatform platform)
    {
        json.WriteStartObject(platform.Name);
        json.WriteString("baseUrl", platform.BaseUrl.GetLeftPart(UriPartial.Authority));
        foreach (var (name, value) in platform.Credentials)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RunningService service, Company world)
    {
        json.WriteStartObject();
        json.WriteString("name", service.Name);
        json.WriteString("address", service.EndPoint.Address.ToString());
        json.WriteNumber("port", service.EndPoint.Port);
        json.WriteString("host", world.Device(service.DeviceIndex).Name);
        json.WriteNumber("hostPort", service.StoryPort);
        json.WriteString("product", service.Product);
        json.WriteString("version", service.Version);
        json.WriteEndObject();
    }
}
