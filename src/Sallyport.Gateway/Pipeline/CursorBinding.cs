using System.Text;

namespace Sallyport.Gateway.Pipeline;

/// <summary>Ties a cursor to the call it continues: same tool, tenant, caller and arguments.</summary>
internal static class CursorBinding
{
    public static byte[] Of(ToolCall call)
        => Encoding.UTF8.GetBytes($"{call.Entry.Name}\n{call.Tenant.Id}\n{call.Caller.Subject}\n{ArgumentDigest.Of(call.Arguments.ForTool)}");
}
