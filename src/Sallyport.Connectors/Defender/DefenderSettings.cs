using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Connectors.Defender.Access;
using Sallyport.Core;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Defender;

/// <summary>How one tenant reaches Microsoft Defender XDR: the directory, the application, and how the application proves itself.</summary>
internal sealed record DefenderSettings(
    [property: Description("Directory (tenant) id: a GUID or a verified domain."), RegularExpression(DefenderSettings.DirectoryForm)] string TenantId,
    [property: Description("Application (client) id."), Format(TextFormat.Uuid)] string ClientId,
    [property: Description("Certificate that the application is registered with; preferred.")] CertificateSettings? Certificate = null,
    [property: Description("Client secret, where no certificate can be had.")] Secret? ClientSecret = null,
    [property: Description("File with a token of a federated identity, as workload identity writes it; read anew for each sign-in.")] string? FederatedTokenFile = null,
    [property: Description("Origin of the interface: Microsoft Graph, or an older host by choice.")] string ApiBase = DefenderAddresses.DefaultApi,
    [property: Description("Only for simulators; otherwise the host decides.")] ApiFlavor? ApiFlavor = null,
    [property: Description("Origin of the identity platform.")] string AuthorityHost = DefenderAddresses.DefaultAuthority,
    [property: Description("Rows of one hunt that are kept; more are counted and said."), Range(1, 10_000)] int MaxRows = 1_000,
    [property: Description("Lets queries use functions that fetch from other services (externaldata and the like).")] bool AllowExternalData = false)
{
    internal const string DirectoryForm = @"^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63})$";

    /// <summary>What the schema cannot say. Opens the certificate, so that a wrong one stops the start and not the first call.</summary>
    public static IEnumerable<SchemaError> Check(DefenderSettings settings)
    {
        List<SchemaError> errors = [];
        DefenderAddresses.Of(settings, errors);
        var proofs = (settings.Certificate is null ? 0 : 1) + (settings.ClientSecret is null ? 0 : 1) + (settings.FederatedTokenFile is null ? 0 : 1);
        if (proofs != 1)
            errors.Add(new SchemaError("certificate", "exactly one of certificate, clientSecret and federatedTokenFile must be set"));
        if (settings.Certificate is { } certificate)
        {
            using var opened = ClientCertificate.TryOpen(certificate, TimeProvider.System, out var error);
            if (error is not null)
                errors.Add(error with { Path = $"certificate.{error.Path}" });
        }

        if (settings.FederatedTokenFile is { } file && !File.Exists(file))
            errors.Add(new SchemaError("federatedTokenFile", "names no file that can be read"));
        return errors;
    }
}

/// <summary>Where an application's certificate and key are.</summary>
internal sealed record CertificateSettings(
    [property: Description("PKCS#12 (.pfx) or PEM file."), StringLength(4096, MinimumLength = 1)] string Path,
    [property: Description("What opens the file or the key.")] Secret? Passphrase = null,
    [property: Description("PEM file of the key, when it is not in the certificate's.")] string? KeyPath = null);
