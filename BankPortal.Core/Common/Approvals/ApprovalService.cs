namespace BankPortal.Core.Common.Approvals;

/// <summary>
/// Maker-checker for any module: somebody asks, others approve or reject, and what was decided is kept. Refuses the maker, the people
/// concerned and everybody related to them. Roles, the second factor and what follows a decision are up to the module. Thread-safe.
/// </summary>
public sealed class ApprovalService(IApprovalStore store, IApproverCheck check, TimeProvider time)
{
    private const int MaxTries = 8;

    /// <summary>Asks for an approval. Asking again with the same subject and id gives the one there is.</summary>
    /// <param name="request">What is asked for; its state, version and times are set here.</param>
    /// <param name="openFor">How long it waits for a decision.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<Approval> RequestAsync(Approval request, TimeSpan openFor, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Needed < 1)
        {
            throw new ArgumentException("Somebody has to approve it.", nameof(request));
        }

        var now = time.GetUtcNow();
        var asked = request with
        {
            State = ApprovalState.Pending,
            Decisions = [],
            RequestedAt = now,
            ExpiresAt = now + openFor,
            ClosedAt = null,
            Version = 1,
        };
        return await store.TryWriteAsync(asked, ct)
            ? asked
            : await store.FindAsync(request.Subject, request.Id, ct)
                ?? throw new InvalidOperationException("An approval was neither written nor found.");
    }

    /// <summary>Returns why a user may not decide; <see langword="null"/> when they may. For pages, before the click.</summary>
    public async Task<Error?> RefusalAsync(string userId, Approval approval, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(approval);
        return approval.StateAt(time.GetUtcNow()) is var state && state != ApprovalState.Pending ? new ApprovalClosedError(state)
            : approval.MakerId == userId ? new MakerDecidesError()
            : approval.Parties.Contains(userId, StringComparer.Ordinal) ? new PartyDecidesError()
            : approval.Decisions.Any(decision => decision.UserId == userId) ? new DecidedBeforeError()
            : await check.FindAsync(userId, approval.MakerId, approval.Parties, ct);
    }

    /// <summary>Approves or rejects. The caller has checked the role.</summary>
    /// <param name="userId">Who decides.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="id">The approval.</param>
    /// <param name="isApproval">Whether to approve.</param>
    /// <param name="comment">The reason, as <see cref="StaffReason"/> has it.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>The approval as it is afterwards: decided, or waiting for a second person; or why the user may not decide.</returns>
    public async Task<Result<Approval>> DecideAsync(
        string userId, string subject, string id, bool isApproval, string? comment, CancellationToken ct = default)
    {
        var reason = StaffReason.Check(comment);
        if (!reason.IsSuccess)
        {
            return reason.Error;
        }

        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            if (await store.FindAsync(subject, id, ct) is not { } approval)
            {
                return new NotFoundError("request");
            }

            if (await RefusalAsync(userId, approval, ct) is { } refusal)
            {
                return refusal;
            }

            var now = time.GetUtcNow();
            var decided = approval with
            {
                Decisions = approval.Decisions.Add(new ApprovalDecision(userId, isApproval, reason.Value, now)),
                Version = approval.Version + 1,
            };
            var state = !isApproval ? ApprovalState.Rejected : decided.Missing == 0 ? ApprovalState.Approved : ApprovalState.Pending;
            decided = decided with { State = state, ClosedAt = state == ApprovalState.Pending ? null : now };
            if (await store.TryWriteAsync(decided, ct))
            {
                return decided;
            }

            await Backoff.DelayAsync(attempt, ct);
        }

        return new BusyError();
    }

    /// <summary>Takes a request back; only its maker can.</summary>
    public async Task<Result<Approval>> WithdrawAsync(string userId, string subject, string id, CancellationToken ct = default)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var now = time.GetUtcNow();
            if (await store.FindAsync(subject, id, ct) is not { } approval || approval.MakerId != userId)
            {
                return new NotFoundError("request");
            }

            if (approval.StateAt(now) is var state && state != ApprovalState.Pending)
            {
                return state == ApprovalState.Withdrawn ? approval : new ApprovalClosedError(state);
            }

            var withdrawn = approval with { State = ApprovalState.Withdrawn, ClosedAt = now, Version = approval.Version + 1 };
            if (await store.TryWriteAsync(withdrawn, ct))
            {
                return withdrawn;
            }

            await Backoff.DelayAsync(attempt, ct);
        }

        return new BusyError();
    }

    /// <summary>Marks a request as expired when its time is over, so that it leaves the list of what is pending.</summary>
    /// <returns>The approval as it is afterwards; <see langword="null"/> when there is none.</returns>
    public async Task<Approval?> ExpireAsync(string subject, string id, CancellationToken ct = default)
    {
        var now = time.GetUtcNow();
        if (await store.FindAsync(subject, id, ct) is not { State: ApprovalState.Pending } approval || now < approval.ExpiresAt)
        {
            return await store.FindAsync(subject, id, ct);
        }

        var expired = approval with { State = ApprovalState.Expired, ClosedAt = now, Version = approval.Version + 1 };
        return await store.TryWriteAsync(expired, ct) ? expired : await store.FindAsync(subject, id, ct);
    }

    /// <summary>Reads an approval.</summary>
    public Task<Approval?> FindAsync(string subject, string id, CancellationToken ct = default) => store.FindAsync(subject, id, ct);

    /// <summary>What was asked for and decided about a subject, the latest first. The caller authorises.</summary>
    public Task<ImmutableArray<Approval>> HistoryAsync(string subject, int limit, CancellationToken ct = default) =>
        store.HistoryAsync(subject, limit, ct);

    /// <summary>What is pending of a kind, the longest waiting first. The caller authorises.</summary>
    public async Task<ImmutableArray<Approval>> FindPendingAsync(string kind, int limit, CancellationToken ct = default)
    {
        var now = time.GetUtcNow();
        return [.. (await store.FindPendingAsync(kind, limit, ct)).Where(approval => approval.StateAt(now) == ApprovalState.Pending)];
    }
}
