namespace BankPortal.Core.Identity;

/// <summary>
/// The one rule that nobody decides on their own money: a member of staff takes no action on something in which they, or somebody
/// declared as related to them, are involved. Services refuse by it and pages show it before the click. Thread-safe.
/// </summary>
public sealed class ConflictsOfInterest(IRelatedPersonStore related)
{
    /// <summary>Reads whose affairs are a member of staff's own. One strongly consistent read; none for the bank itself.</summary>
    public Task<OwnInterests> OfAsync(Actor actor, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.IsSystem ? Task.FromResult(OwnInterests.None) : OfAsync(actor.UserId, ct);
    }

    /// <inheritdoc cref="OfAsync(Actor, CancellationToken)"/>
    public async Task<OwnInterests> OfAsync(string userId, CancellationToken ct = default) =>
        new(userId, await related.FindAsync(userId, ct));

    /// <summary>Returns why the actor may not decide, by them and the people related to them; <see langword="null"/> when they
    /// may.</summary>
    public async Task<ConflictOfInterestError?> FindAsync(Actor actor, IEnumerable<Involved> involved, CancellationToken ct = default) =>
        (await OfAsync(actor, ct)).ConflictWith(involved);

    /// <summary>
    /// Returns why the actor may not decide, by the actor alone: the part of the rule that needs no reading. For the services below those
    /// that check the whole rule.
    /// </summary>
    public static ConflictOfInterestError? OfSelf(Actor actor, IEnumerable<Involved> involved)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.IsSystem ? null : new OwnInterests(actor.UserId, []).ConflictWith(involved);
    }
}

/// <summary>Somebody whom a staff action concerns.</summary>
/// <param name="UserId">The user id; <see langword="null"/> when that side is the bank.</param>
/// <param name="As">How the person is involved.</param>
public readonly record struct Involved(string? UserId, InvolvedAs As);

/// <summary>How somebody is involved in what staff decide on.</summary>
public enum InvolvedAs
{
    /// <summary>Pays or receives the money.</summary>
    Party,

    /// <summary>Asked for the transaction.</summary>
    Initiator,

    /// <summary>Owns the account.</summary>
    Owner,

    /// <summary>The person a case, a list entry, a block or a declaration is about.</summary>
    Subject,

    /// <summary>Made what is to be approved.</summary>
    Maker,
}

/// <summary>The actor, or somebody related to them, is involved, so a colleague has to decide.</summary>
/// <param name="As">How the person is involved.</param>
/// <param name="Relation">How the person is related to the actor; <see langword="null"/> when it is the actor.</param>
public sealed record ConflictOfInterestError(InvolvedAs As, RelationKind? Relation)
    : Error($"{Sentence(As, Relation)} A colleague has to decide on it.")
{
    private static string Sentence(InvolvedAs involvedAs, RelationKind? relation)
    {
        var who = relation switch
        {
            null => "You",
            RelationKind.OwnSignIn => "You, with another sign-in,",
            RelationKind.Household => "Somebody of your household",
            RelationKind.Employer => "An employer of yours",
            _ => "Somebody related to you",
        };
        var isYou = relation is null or RelationKind.OwnSignIn;
        return involvedAs switch
        {
            InvolvedAs.Party => $"{who} {(isYou ? "pay or receive" : "pays or receives")} this money.",
            InvolvedAs.Initiator => $"{who} asked for this transaction.",
            InvolvedAs.Owner => $"{who} {(isYou ? "own" : "owns")} this account.",
            InvolvedAs.Maker => $"{who} made this.",
            _ => $"{who} {(isYou ? "are" : "is")} the person this is about.",
        };
    }
}
