namespace BankPortal.Core.Ledger.Posting;

/// <summary>One step of one transfer, as the commit loop takes it: which rows it needs, and how it decides on them.</summary>
internal interface ILedgerStep
{
    /// <summary>The transfer whose row the step writes.</summary>
    string TransferId { get; }

    /// <summary>The customer accounts it decides on.</summary>
    IReadOnlyCollection<string> AccountIds { get; }

    /// <summary>
    /// Whether it may first decide on the accounts as this process remembers them, taking the transfer's row for missing. The
    /// commit proves both.
    /// </summary>
    bool MayUseRememberedRows { get; }

    /// <summary>Decides on the rows as read. Called again with newer rows when the commit is refused.</summary>
    ValueTask<Decision> DecideAsync(LedgerSnapshot snapshot);

    /// <summary>The answer when the transfer's row shows that this step, or another one in its place, was taken before.</summary>
    Result<Transfer> AnswerFrom(Transfer existing);
}
