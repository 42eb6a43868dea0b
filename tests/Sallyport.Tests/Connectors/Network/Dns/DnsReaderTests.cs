using Sallyport.Connectors.Network.Dns;

namespace Sallyport.Tests.Connectors.Network.Dns;

public sealed class DnsReaderTests
{
    private static readonly DnsQuery Query = new("web1.lab.internal", RecordType.A);

    [Theory]
    [InlineData(RecordType.A, "0A000001", "10.0.0.1")]
    [InlineData(RecordType.Aaaa, "FD000000000000000000000000000001", "fd00::1")]
    [InlineData(RecordType.A, "0A0000", @"\# 3 0A0000")]
    [InlineData(RecordType.Cname, "C00C", "web1.lab.internal.")]
    [InlineData(RecordType.Mx, "000A046D61696CC011", "10 mail.lab.internal.")]
    [InlineData(RecordType.Txt, "03612262026364", "\"a\\\"b\" \"cd\"")]
    [InlineData(RecordType.Txt, "041B5B316D", "\"\\027[1m\"")]
    [InlineData(RecordType.Srv, "0001000201BBC00C", "1 2 443 web1.lab.internal.")]
    [InlineData(RecordType.Soa, "C00CC0110000000100000002000000030000000400000005", "web1.lab.internal. lab.internal. 1 2 3 4 5")]
    [InlineData(RecordType.Caa, "00056973737565706B69", "0 issue \"pki\"")]
    [InlineData(RecordType.Ds, "00010802AABB", "1 8 2 AABB")]
    [InlineData(RecordType.SshFp, "0401AABB", "4 1 AABB")]
    [InlineData(RecordType.Tlsa, "030101AABB", "3 1 1 AABB")]
    [InlineData(RecordType.DnsKey, "01010308AABB", "257 3 8 qrs=")]
    [InlineData(29, "00AABB", @"\# 3 00AABB")]
    public void A_record_is_written_as_dig_writes_it(int type, string data, string value)
    {
        var message = FakeNameServer.Answer(Query.Encode(7), 0x8580, ((ushort)type, 60, Convert.FromHexString(data)));

        var answer = DnsReader.Read(message, Query, 7);
        Assert.Equal((value, 60L, "IN", "web1.lab.internal."), (answer.Answers[0].Value, answer.Answers[0].Ttl, answer.Answers[0].Class, answer.Answers[0].Name));
        Assert.Equal("NOERROR", answer.Status);
        Assert.Equal(["qr", "aa", "rd", "ra"], answer.Flags);
    }

    [Fact]
    public void A_naptr_record_has_its_three_strings()
    {
        byte[] data = [0, 10, 0, 20, 1, (byte)'u', 3, (byte)'S', (byte)'I', (byte)'P', 0, .. FakeNameServer.Name("a.b")];
        var message = FakeNameServer.Answer(Query.Encode(7), 0x8180, (RecordType.Naptr, 1, data));

        Assert.Equal("10 20 \"u\" \"SIP\" \"\" a.b.", DnsReader.Read(message, Query, 7).Answers[0].Value);
    }

    [Theory]
    [InlineData(0x8183, "NXDOMAIN")]
    [InlineData(0x8182, "SERVFAIL")]
    [InlineData(0x8185, "REFUSED")]
    [InlineData(0x818F, "RCODE15")]
    public void A_refusal_has_its_name(int flags, string status)
        => Assert.Equal(status, DnsReader.Read(FakeNameServer.Answer(Query.Encode(7), (ushort)flags), Query, 7).Status);

    [Theory]
    [InlineData("C02C")]
    [InlineData("C0FF")]
    [InlineData("FF")]
    [InlineData("40")]
    [InlineData("3F61")]
    public void A_name_that_points_forward_or_is_too_long_is_refused(string name)
    {
        var message = FakeNameServer.Answer(Query.Encode(7), 0x8180, (RecordType.Cname, 1, Convert.FromHexString(name)));

        Assert.Throws<DnsFormatException>(() => DnsReader.Read(message, Query, 7));
    }

    [Fact]
    public void An_answer_to_another_question_is_none()
    {
        var other = new DnsQuery("web2.lab.internal", RecordType.A);

        Assert.Throws<DnsFormatException>(() => DnsReader.Read(FakeNameServer.Answer(other.Encode(7), 0x8180), Query, 7));
        Assert.Throws<DnsFormatException>(() => DnsReader.Read(FakeNameServer.Answer(Query.Encode(8), 0x8180), Query, 7));
        Assert.Throws<DnsFormatException>(() => DnsReader.Read(FakeNameServer.Answer(Query.Encode(7), 0x0100), Query, 7));
    }

    /// <summary>Whatever arrives is read or refused; nothing else is thrown.</summary>
    [Fact]
    public void Bytes_cut_and_changed_at_random_are_read_or_refused()
    {
        var random = new Random(20260101);
        byte[] soa = [0xC0, 0x0C, 0xC0, 0x11, .. new byte[20]];
        byte[] whole = FakeNameServer.Answer(
            Query.Encode(7), 0x8580, (RecordType.A, 60, [10, 0, 0, 1]), (RecordType.Soa, 60, soa), (RecordType.Txt, 60, [3, 97, 98, 99]), (RecordType.Mx, 60, [0, 1, 0xC0, 0x0C]));
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var message = whole.AsSpan(0, random.Next(4) == 0 ? random.Next(whole.Length) : whole.Length).ToArray();
            for (var changes = random.Next(4); changes > 0 && message.Length > 0; changes--) message[random.Next(message.Length)] = (byte)random.Next(256);
            try
            {
                DnsReader.Read(message, Query, 7);
                read++;
            }
            catch (DnsFormatException)
            {
                // Refused, as it should be.
            }
        }

        Assert.InRange(read, 1_000, 19_000);
    }
}
