namespace BankPortal.Tests.Journeys.Steps;

/// <summary>A person who uses the portal, with password, phone and recovery codes.</summary>
public sealed record Person(string Name, string Email, string Password)
{
    public string Phone { get; init; } = "+61 412 345 678";

    /// <summary>The user's id; empty where the person registered through the pages.</summary>
    public string UserId { get; init; } = "";

    /// <summary>The id of the first account; empty where the person registered through the pages.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>The number of the first account, in groups as it is printed.</summary>
    public string AccountNumber { get; init; } = "";

    /// <summary>The phone with the authenticator app, if one is set up.</summary>
    public Authenticator? Authenticator { get; init; }

    public ImmutableArray<string> RecoveryCodes { get; init; } = [];

    /// <summary>A person with a unique e-mail address.</summary>
    public static Person Named(string name) =>
        new(name, $"{name.Split(' ')[0].ToLowerInvariant()}.{Guid.NewGuid():N}@example.org", "Quiet-Harbour-71");
}
