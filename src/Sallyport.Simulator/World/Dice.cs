namespace Sallyport.Simulator.World;

/// <summary>What a roll of the dice is for; two purposes never share a sequence.</summary>
internal enum Purpose
{
    Device, DeviceRhythm, User, Network, Cloud, Endpoint, Mail, Incident, Weakness, Sample, Hostile, Fault, Token, Platform,
}

/// <summary>Deals the same values for the same seed, purpose and number, so that the story need not be stored anywhere.</summary>
internal struct Dice(int seed, Purpose purpose, long number)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state = Mix(Mix(((ulong)(uint)seed * Golden) + (ulong)purpose) ^ ((ulong)number * 0xD1B54A32D192ED03));

    /// <summary>A number from 0 up to, not including, <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(((UInt128)Next() * (uint)bound) >> 64);

    /// <summary>A number between the two, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double share) => Share() < share;

    public T Pick<T>(ReadOnlySpan<T> from) => from[Below(from.Length)];

    public TimeSpan Span(TimeSpan most) => TimeSpan.FromSeconds(Math.Floor(most.TotalSeconds * Share()));

    /// <summary>Lower-case hexadecimal digits, as in a hash.</summary>
    public string Hex(int digits)
    {
        Span<byte> bytes = stackalloc byte[digits / 2];
        Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>A version 4 UUID.</summary>
    public Guid Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    public void Fill(Span<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at += 8)
        {
            var value = Next();
            for (var i = at; i < Math.Min(at + 8, bytes.Length); i++, value >>= 8)
                bytes[i] = (byte)value;
        }
    }

    private ulong Next() => Mix(_state += Golden);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
