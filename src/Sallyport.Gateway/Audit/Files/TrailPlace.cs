namespace Sallyport.Gateway.Audit.Files;

/// <summary>A place in a log just behind one record, which is found again after the file was set aside.</summary>
/// <param name="Chain">Chain of that record.</param>
/// <param name="Seq">Its number.</param>
/// <param name="Hmac">Its seal.</param>
/// <param name="Offset">Where the next line begins in the file.</param>
internal sealed record TrailPlace(string Chain, long Seq, string Hmac, long Offset);
