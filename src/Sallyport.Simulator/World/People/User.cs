namespace Sallyport.Simulator.World.People;

/// <summary>Somebody with an account in the company's directory.</summary>
public sealed record User
{
    public required int Index { get; init; }

    /// <summary>The object id in the directory.</summary>
    public required Guid Id { get; init; }

    /// <summary>The user principal name, which is also the mail address: alice@contoso.example.</summary>
    public required string Upn { get; init; }

    /// <summary>The short account name: alice.</summary>
    public required string AccountName { get; init; }

    public required string DisplayName { get; init; }

    public required string Department { get; init; }

    public required string Title { get; init; }

    public required bool IsPrivileged { get; init; }

    public required bool IsEnabled { get; init; }

    /// <summary>The Windows security identifier.</summary>
    public required string Sid { get; init; }

    public required DateTimeOffset LastSignIn { get; init; }
}
