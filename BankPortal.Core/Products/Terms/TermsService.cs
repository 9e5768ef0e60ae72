using BankPortal.Core.Audit;

namespace BankPortal.Core.Products.Terms;

/// <summary>
/// Reads and changes the terms of products. A manager proposes terms; another manager or an administrator approves or rejects them.
/// Approved terms never change: a later version replaces them from its first day on. Thread-safe.
/// </summary>
public sealed class TermsService(
    ITermsStore store,
    ProductOptions options,
    LedgerRules rules,
    IAuditTrail audit,
    ConflictsOfInterest conflicts,
    StepUpPolicy stepUp,
    TimeProvider time)
{
    /// <summary>How far in the past terms may begin, in days.</summary>
    public const int MaxDaysBack = 730;

    /// <summary>How far in the future terms may begin, in days.</summary>
    public const int MaxDaysAhead = 730;

    /// <summary>The most versions of a product that wait for a decision.</summary>
    public const int MaxProposed = 10;

    private const int MaxTries = 5;

    /// <summary>The products, in the order in which they are shown.</summary>
    public static ImmutableArray<AccountType> Products { get; } = [AccountType.Savings, AccountType.Checking];

    /// <summary>Today in the bank's calendar.</summary>
    public DateOnly Today => rules.DayOf(time.GetUtcNow());

    /// <summary>Returns whether the actor may see all versions of the terms.</summary>
    public static bool MayRead(Actor actor) => actor.Is(BankRoles.Manager) || actor.Is(BankRoles.Admin);

    /// <summary>Returns whether the actor may propose terms.</summary>
    public static bool MayPropose(Actor actor) => actor.Is(BankRoles.Manager);

    /// <summary>Returns whether the actor may approve and reject terms that somebody else has proposed.</summary>
    public static bool MayDecide(Actor actor) => actor.Is(BankRoles.Manager) || actor.Is(BankRoles.Admin);

    /// <summary>
    /// Reads the versions of a product's terms, for computing. The terms that the bank is shipped with are stored on the first reading.
    /// </summary>
    public async Task<TermsBook> ReadAsync(AccountType product, CancellationToken ct = default)
    {
        for (var attempt = 0; ; attempt++)
        {
            var book = await store.ReadAsync(product, ct);
            if (!book.Versions.IsEmpty || attempt == MaxTries)
            {
                return book;
            }

            var now = time.GetUtcNow();
            await store.TryWriteAsync(
                new TermsVersion
                {
                    Product = product,
                    Number = 1,
                    Terms = options.TermsOf(product),
                    From = options.From ?? rules.DayOf(now),
                    Reason = "The terms the bank started with",
                    State = TermsState.Approved,
                    MakerId = Actor.SystemUserId,
                    MadeAt = now,
                    DeciderId = Actor.SystemUserId,
                    DecidedAt = now,
                    Sequence = 1,
                },
                book.Revision,
                ct);
        }
    }

    /// <summary>Reads the versions of every product's terms, for staff.</summary>
    public async Task<Result<ImmutableArray<TermsBook>>> ListAsync(Actor actor, CancellationToken ct = default)
    {
        if (!MayRead(actor))
        {
            return new NotAllowedError();
        }

        var books = await Task.WhenAll(Products.Select(product => ReadAsync(product, ct)));
        return ImmutableArray.Create(books);
    }

    /// <summary>Proposes terms. They apply only after somebody else has approved them.</summary>
    /// <returns>
    /// The version; or <see cref="NotAllowedError"/>, <see cref="TermsInvalidError"/> with everything that is wrong,
    /// <see cref="TermsUnchangedError"/>, <see cref="BusyError"/>.
    /// </returns>
    public async Task<Result<TermsVersion>> ProposeAsync(Actor actor, TermsProposal proposal, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        if (!MayPropose(actor))
        {
            return new NotAllowedError();
        }

        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var book = await ReadAsync(proposal.Product, ct);
            var errors = Check(proposal, book);
            if (!errors.IsEmpty)
            {
                return new TermsInvalidError(errors);
            }

            if (book.On(proposal.From)?.Terms == proposal.Terms)
            {
                return new TermsUnchangedError();
            }

            if (book.Proposed.Length >= MaxProposed)
            {
                return new InvalidInputError("reason", "Too many proposals are waiting. Decide on some of them first.");
            }

            var version = new TermsVersion
            {
                Product = proposal.Product,
                Number = book.Versions.Max(other => other.Number) + 1,
                Terms = proposal.Terms,
                From = proposal.From,
                IsCorrection = proposal.From < Today,
                Reason = StaffReason.Check(proposal.Reason).Value,
                State = TermsState.Proposed,
                MakerId = actor.UserId,
                MadeAt = time.GetUtcNow(),
            };
            if (await store.TryWriteAsync(version, book.Revision, ct))
            {
                await audit.RecordAsync(actor, "terms.propose", SubjectOf(version), version.Reason, ct: CancellationToken.None);
                return version;
            }
        }

        return new BusyError();
    }

    /// <summary>Approves terms that somebody else has proposed; they apply from their first day on.</summary>
    public Task<Result<TermsVersion>> ApproveAsync(
        Actor actor, AccountType product, int number, string? comment, CancellationToken ct = default) =>
        DecideAsync(actor, product, number, comment, TermsState.Approved, ct);

    /// <summary>Rejects terms that somebody else has proposed. Final.</summary>
    public Task<Result<TermsVersion>> RejectAsync(
        Actor actor, AccountType product, int number, string? comment, CancellationToken ct = default) =>
        DecideAsync(actor, product, number, comment, TermsState.Rejected, ct);

    /// <summary>Takes back terms that the actor has proposed. Final.</summary>
    public Task<Result<TermsVersion>> WithdrawAsync(
        Actor actor, AccountType product, int number, string? comment, CancellationToken ct = default) =>
        DecideAsync(actor, product, number, comment, TermsState.Withdrawn, ct);

    /// <summary>Returns whether the actor verified the second factor recently enough to decide.</summary>
    public bool IsFresh(Actor actor) => stepUp.IsFresh(actor);

    private ImmutableArray<InvalidInputError> Check(TermsProposal proposal, TermsBook book)
    {
        var errors = proposal.Terms.Check().ToBuilder();
        var today = Today;
        if (proposal.From < today && !proposal.IsCorrection)
        {
            errors.Add(new("from", "This day is in the past. Choose a later day, or mark the change as a correction."));
        }
        else if (proposal.From < today.AddDays(-MaxDaysBack))
        {
            errors.Add(new("from", "A correction can go back two years at most."));
        }
        else if (proposal.From > today.AddDays(MaxDaysAhead))
        {
            errors.Add(new("from", "Terms can be set two years ahead at most."));
        }
        else if (proposal.From < today && (book.On(proposal.From)?.Terms.Fees ?? FeeTerms.None) != proposal.Terms.Fees)
        {
            errors.Add(new("monthly", "Fees cannot change in the past. Keep those that applied on the first day, or choose today or later."));
        }

        if (StaffReason.Check(proposal.Reason).Error is InvalidInputError reason)
        {
            errors.Add(reason);
        }

        return errors.ToImmutable();
    }

    private async Task<Result<TermsVersion>> DecideAsync(
        Actor actor, AccountType product, int number, string? comment, TermsState state, CancellationToken ct)
    {
        if (!MayDecide(actor))
        {
            return new NotAllowedError();
        }

        var reason = StaffReason.Check(comment);
        if (!reason.IsSuccess)
        {
            return reason.Error;
        }

        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var book = await ReadAsync(product, ct);
            if (book.Versions.FirstOrDefault(other => other.Number == number) is not { } version)
            {
                return new NotFoundError("version of the terms");
            }

            if (await RefusalAsync(actor, version, state, ct) is { } refusal)
            {
                return refusal;
            }

            var decided = version with
            {
                State = state,
                DeciderId = actor.UserId,
                DecidedAt = time.GetUtcNow(),
                Comment = reason.Value,
                Sequence = state == TermsState.Approved ? book.Sequence + 1 : 0,
            };
            var result = await audit.RunAsync<TermsVersion>(
                actor,
                NameOf(state),
                SubjectOf(version),
                reason.Value,
                async token => await store.TryWriteAsync(decided, book.Revision, token) ? decided : new BusyError(),
                ct: ct);
            if (result.Error is not BusyError)
            {
                return result;
            }
        }

        return new BusyError();
    }

    private async Task<Error?> RefusalAsync(Actor actor, TermsVersion version, TermsState state, CancellationToken ct)
    {
        if (version.State != TermsState.Proposed)
        {
            return new TermsDecidedError();
        }

        if (state == TermsState.Withdrawn)
        {
            return version.MakerId == actor.UserId ? null : new NotAllowedError();
        }

        if (version.MakerId == actor.UserId)
        {
            return new SecondPersonDecidesError();
        }

        if (await conflicts.FindAsync(actor, [new(version.MakerId, InvolvedAs.Maker)], ct) is { } conflict)
        {
            return conflict;
        }

        return state == TermsState.Approved && version.From < Today && !version.IsCorrection
            ? new TermsLateError()
            : stepUp.Check(actor).Error;
    }

    private static string NameOf(TermsState state) => state switch
    {
        TermsState.Approved => "terms.approve",
        TermsState.Rejected => "terms.reject",
        _ => "terms.withdraw",
    };

    private static AuditSubject SubjectOf(TermsVersion version) =>
        AuditSubject.Terms(string.Create(CultureInfo.InvariantCulture, $"{version.Product}/{version.Number}"));
}
