using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Sallyport.Connectors.Defender.Access;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Defender.Hunting;

/// <summary>Says which hunting tables there are and which columns one has in this very tenant, so that queries need no guessing.</summary>
internal static class SchemaTool
{
    private const int MostColumns = 1_000;

    public static Tool Tool { get; } = Tool.Read<DefenderClient, GetHuntingSchema, HuntingSchema>(
        "defender_hunting_schema_get",
        "Gets the columns of one advanced hunting table as this tenant has it, or the names of the usual tables when none is named. Ask before writing a query for defender_hunting_query.",
        static () => DefenderJson.Default.GetHuntingSchema, static () => DefenderJson.Default.HuntingSchema, GetAsync) with
    {
        Title = "Hunting schema",
        Toolset = "hunting",
    };

    /// <summary>No interface lists the tables, so these are the published ones; a tenant may lack some, and have more.</summary>
    private static IReadOnlyList<HuntingTable> Usual { get; } =
    [
        new("AlertInfo", "alerts, one row each"),
        new("AlertEvidence", "files, addresses, URLs, users and devices of alerts"),
        new("DeviceInfo", "devices and their systems"),
        new("DeviceNetworkInfo", "network adapters, addresses and networks of devices"),
        new("DeviceProcessEvents", "processes that were started"),
        new("DeviceNetworkEvents", "connections of devices"),
        new("DeviceFileEvents", "files created, changed and deleted"),
        new("DeviceRegistryEvents", "registry keys and values changed"),
        new("DeviceLogonEvents", "sign-ins on devices"),
        new("DeviceImageLoadEvents", "libraries that were loaded"),
        new("DeviceEvents", "other events of devices, protection among them"),
        new("DeviceFileCertificateInfo", "certificates of signed files"),
        new("DeviceTvmSoftwareInventory", "software on devices"),
        new("DeviceTvmSoftwareVulnerabilities", "known weaknesses of software on devices"),
        new("EmailEvents", "mail received and sent"),
        new("EmailAttachmentInfo", "files attached to mail"),
        new("EmailUrlInfo", "URLs in mail"),
        new("EmailPostDeliveryEvents", "what was done to mail after it was delivered"),
        new("UrlClickEvents", "clicks on links in mail and Teams"),
        new("IdentityInfo", "accounts"),
        new("IdentityLogonEvents", "sign-ins to directories and services"),
        new("IdentityQueryEvents", "questions asked of directories"),
        new("IdentityDirectoryEvents", "changes in directories"),
        new("CloudAppEvents", "what was done in cloud applications"),
    ];

    private static async Task<HuntingSchema> GetAsync(DefenderClient client, GetHuntingSchema args, CancellationToken cancellationToken)
    {
        if (args.Table is not { } table)
            return new HuntingSchema(null, null, Usual);
        var query = $"{table} | getschema | project ColumnName, ColumnType";
        var body = client.IsLegacy
            ? JsonSerializer.SerializeToUtf8Bytes(new LegacyHunt(query), DefenderWire.Default.LegacyHunt)
            : JsonSerializer.SerializeToUtf8Bytes(new GraphHunt(query, HuntWindow.Default), DefenderWire.Default.GraphHunt);
        await using var response = await client.SendAsync(new DefenderCall(client.Operations.Hunt, Body: body), cancellationToken);
        response.RequireJson();
        using var hunt = new HuntReader(MostColumns);
        await hunt.ReadAsync(response.Body, cancellationToken);
        return new HuntingSchema(table, [.. JsonElement.Parse(hunt.Rows).EnumerateArray().Select(static row => new HuntingColumn(row.Text("ColumnName") ?? "", row.Text("ColumnType") ?? ""))], null);
    }
}

/// <summary>Which table, or none for the list of tables.</summary>
internal sealed record GetHuntingSchema(
    [property: Description("Table such as DeviceProcessEvents; left out, the usual tables are listed."), RegularExpression("^[A-Za-z][A-Za-z0-9_]{0,63}$")] string? Table = null);

/// <summary>One table's columns, or the usual tables.</summary>
internal sealed record HuntingSchema(string? Table, IReadOnlyList<HuntingColumn>? Columns, IReadOnlyList<HuntingTable>? Tables);

/// <summary>A column and the type it has in queries.</summary>
internal sealed record HuntingColumn(string Name, string Type);

/// <summary>A table and what its rows are about.</summary>
internal sealed record HuntingTable(string Name, string Holds);
