namespace Sallyport.Gateway.Audit.Chain;

/// <summary>The newest record of a chain: what the next one must link to.</summary>
/// <param name="Chain">Id of the chain.</param>
/// <param name="Seq">Number of the newest record; -1 before the first.</param>
/// <param name="Hmac">Its seal, 64 hexadecimal digits; zeros before the first.</param>
internal sealed record ChainHead(string Chain, long Seq, string Hmac)
{
    public const long NoRecord = -1;

    public static readonly string NoHmac = new('0', ChainSeal.HexLength);

    public static ChainHead New(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()).ToString(), NoRecord, NoHmac);
}
