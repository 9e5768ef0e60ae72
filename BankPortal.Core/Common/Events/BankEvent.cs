namespace BankPortal.Core.Common.Events;

/// <summary>Something that happened and that somebody may have to be told.</summary>
/// <param name="Id">Derived from what happened, so that raising it twice is raising it once; see <see cref="DerivedId"/>.</param>
/// <param name="Kind">A stable name in kebab case, such as <c>payment-requested</c>; see <see cref="BankEventKinds"/>.</param>
/// <param name="PersonId">The user id of the person it is about; empty when the facts name them.</param>
/// <param name="At">When it happened.</param>
/// <param name="Facts">
/// Plain values: amounts as invariant decimals, days as <c>yyyy-MM-dd</c>, ids, names. No passwords, codes or full account numbers. The
/// text is written from them by the module Notifications.
/// </param>
public sealed record BankEvent(string Id, string Kind, string PersonId, DateTimeOffset At, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>Creates an event with facts given as pairs.</summary>
    public static BankEvent Of(
        string id, string kind, string personId, DateTimeOffset at, params IEnumerable<(string Name, string Value)> facts) =>
        new(id, kind, personId, at, facts.ToImmutableDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal));
}
