namespace BankPortal.Core.Identity;

/// <summary>Somebody whose affairs count as a member of staff's own.</summary>
/// <param name="UserId">The user id of the related person.</param>
/// <param name="Kind">How they are related.</param>
/// <param name="DeclaredById">The user id of the person who declared it.</param>
/// <param name="DeclaredAt">When it was declared.</param>
public sealed record RelatedPerson(string UserId, RelationKind Kind, string DeclaredById, DateTimeOffset DeclaredAt);

/// <summary>How a person is related to a member of staff. Stored by name: members may be added, never renamed.</summary>
public enum RelationKind
{
    /// <summary>Lives in the same household.</summary>
    Household,

    /// <summary>Employs the member of staff, beside the bank.</summary>
    Employer,

    /// <summary>The same person with another sign-in, with which they bank as a customer.</summary>
    OwnSignIn,
}
