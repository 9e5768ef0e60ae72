namespace BankPortal.Core.Common.Events;

/// <summary>
/// Something that happened and that somebody may have to be told. Its id is derived from what happened, so raising it twice is raising it
/// once.
/// </summary>
/// <param name="Id">Names what happened, for ever.</param>
/// <param name="Kind">The stable name of the kind in kebab case, such as <c>standing-order-failed</c>.</param>
/// <param name="PersonId">Whom it concerns.</param>
/// <param name="At">When it happened.</param>
/// <param name="Facts">Plain values; the text is written by whoever tells the person.</param>
public sealed record BankEvent(
    string Id, string Kind, string PersonId, DateTimeOffset At, IReadOnlyDictionary<string, string> Facts);
