using BankPortal.Core.Audit;
using BankPortal.Core.Common.Approvals;

namespace BankPortal.Core.Administration.Users;

/// <summary>
/// Looks after users for administrators: finds them, unlocks, blocks, ends sessions, and asks for what two administrators decide. Every
/// action needs a reason and a recent second factor, is refused for oneself and for related people, and is recorded. Stateless,
/// thread-safe.
/// </summary>
public sealed class UserDesk(
    IUserDirectory directory,
    IUserAdministration users,
    IPasswordLinks links,
    ICustomerAccess access,
    IAccountStore accounts,
    ISecurityEventStore events,
    IStaffDirectory staff,
    ApprovalService approvals,
    ConflictsOfInterest conflicts,
    StepUpPolicy stepUp,
    IAuditTrail audit,
    TimeProvider time)
{
    /// <summary>The users on a page.</summary>
    public const int PageSize = 25;

    private const int MostListed = 50;

    /// <summary>Lists users, the newest first.</summary>
    public async Task<Result<UserPage>> ListAsync(Actor actor, string? role, string? after, CancellationToken ct = default) =>
        MayAdminister(actor) ? await directory.ListAsync(role, after, PageSize, ct) : new NotAllowedError();

    /// <summary>Finds users by what somebody knows of them: a whole e-mail address, an account number or a user id.</summary>
    public async Task<Result<ImmutableArray<PortalUser>>> SearchAsync(Actor actor, string text, CancellationToken ct = default)
    {
        if (!MayAdminister(actor))
        {
            return new NotAllowedError();
        }

        var wanted = TextInput.Clean(text);
        var found = wanted.Contains('@', StringComparison.Ordinal) ? await directory.FindByEmailAsync(wanted, ct)
            : AccountNumber.TryParse(wanted, out var number) ? await OwnerAsync(number, ct)
            : await directory.FindAsync(wanted.ToLowerInvariant(), ct);
        return found is null ? ImmutableArray<PortalUser>.Empty : [found];
    }

    /// <summary>Reads all about a user. The look is recorded: it shows balances and where they sign in.</summary>
    public async Task<Result<UserFile>> FindAsync(Actor actor, string userId, CancellationToken ct = default)
    {
        if (!MayAdminister(actor))
        {
            return new NotAllowedError();
        }

        if (await directory.FindAsync(userId, ct) is not { } user)
        {
            return new NotFoundError("user");
        }

        var owned = accounts.ListByOwnerAsync(userId, ct);
        var sessions = access.ListSessionsAsync(userId, ct);
        var happened = events.ListOfUserAsync(userId, MostListed, ct);
        var done = audit.ListAsync(SubjectOf(userId), MostListed, ct);
        var asked = approvals.HistoryAsync(UserRequests.SubjectOf(userId), MostListed, ct);
        var file = new UserFile(
            user,
            [.. await owned],
            [.. await sessions],
            [.. await happened],
            [.. await done],
            await RequestsAsync(actor, await asked, ct),
            await ConflictAsync(actor, userId, ct));
        await audit.RecordAsync(actor, "user.view", SubjectOf(userId), null, ct: ct);
        return file;
    }

    /// <summary>Lists what waits for a second administrator, the longest waiting first.</summary>
    public async Task<Result<ImmutableArray<UserRequest>>> PendingAsync(Actor actor, CancellationToken ct = default)
    {
        if (!MayAdminister(actor))
        {
            return new NotAllowedError();
        }

        var pending = await Task.WhenAll(UserRequests.Kinds.Select(kind => approvals.FindPendingAsync(kind, MostListed, ct)));
        return await RequestsAsync(actor, [.. pending.SelectMany(some => some).OrderBy(one => one.RequestedAt)], ct);
    }

    /// <summary>Ends a lockout after failed attempts.</summary>
    public Task<Result<PortalUser>> UnlockAsync(Actor actor, string userId, string reason, CancellationToken ct = default) =>
        ChangeAsync(actor, "user.unlock", userId, reason, token => users.UnlockAsync(userId, token), ct);

    /// <summary>Blocks signing in and ends all sessions.</summary>
    public Task<Result<PortalUser>> BlockAsync(Actor actor, string userId, string reason, CancellationToken ct = default) =>
        ChangeAsync(actor, "user.block", userId, reason, token => access.BlockAsync(userId, token), ct, endsAdmin: true);

    /// <summary>Lifts a block.</summary>
    public Task<Result<PortalUser>> UnblockAsync(Actor actor, string userId, string reason, CancellationToken ct = default) =>
        ChangeAsync(actor, "user.unblock", userId, reason, token => access.UnblockAsync(userId, token), ct);

    /// <summary>Ends all sessions.</summary>
    public Task<Result<PortalUser>> EndSessionsAsync(Actor actor, string userId, string reason, CancellationToken ct = default) =>
        ChangeAsync(actor, "user.end-sessions", userId, reason, async token => await users.EndSessionsAsync(userId, token) >= 0, ct);

    /// <summary>Takes the password away; the person is sent the address at which they choose a new one.</summary>
    public Task<Result<PortalUser>> RequireNewPasswordAsync(Actor actor, string userId, string reason, CancellationToken ct = default) =>
        ChangeAsync(
            actor,
            "user.require-password",
            userId,
            reason,
            async token =>
            {
                var removed = await users.RemovePasswordAsync(userId, token);
                await SendLinkAsync(userId, token);
                return removed;
            },
            ct);

    /// <summary>Asks that the second factor is taken away. Another administrator decides.</summary>
    public async Task<Result<Approval>> AskSecondFactorAsync(Actor actor, string userId, string reason, CancellationToken ct = default)
    {
        var user = await CheckAsync(actor, userId, reason, ct);
        return !user.IsSuccess ? user.Error
            : !user.Value.HasSecondFactor ? new NoSecondFactorError()
            : await AskAsync(actor, user.Value, UserRequests.SecondFactor, [], "Take the second factor away", reason, ct);
    }

    /// <summary>
    /// Asks for other staff roles. Another administrator decides; as long as there is only one, the change is made at once, and the record
    /// says so. Of two administrators neither can take the other's role away: it needs a third.
    /// </summary>
    /// <returns>The request: pending, or approved when it was made at once.</returns>
    public async Task<Result<Approval>> AskRolesAsync(
        Actor actor, string userId, IReadOnlyCollection<string> roles, string reason, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(roles);
        if (roles.Any(role => !BankRoles.Staff.Contains(role)))
        {
            return new InvalidInputError("roles", "there is no such staff role");
        }

        var user = await CheckAsync(actor, userId, reason, ct);
        if (!user.IsSuccess)
        {
            return user.Error;
        }

        var (before, after) = (user.Value.Roles.Intersect(BankRoles.Staff), roles.ToImmutableSortedSet(StringComparer.Ordinal));
        if (before.SetEquals(after))
        {
            return new RolesUnchangedError();
        }

        var administrators = await staff.ListAsync([BankRoles.Admin], ct);
        if (before.Contains(BankRoles.Admin) && !after.Contains(BankRoles.Admin) && administrators.All(one => one.UserId == userId))
        {
            return new LastAdministratorError();
        }

        var text = $"Staff roles: {Names(before)} → {Names(after)}";
        if (administrators.Any(one => one.UserId != actor.UserId))
        {
            return await AskAsync(actor, user.Value, UserRequests.Roles, after, text, reason, ct);
        }

        var request = NewRequest(actor, userId, UserRequests.Roles, after, text);
        var done = await audit.RunAsync<PortalUser>(
            actor,
            "user.roles",
            SubjectOf(userId),
            reason.Trim(),
            async token => await users.SetStaffRolesAsync(userId, after, token) && await directory.FindAsync(userId, token) is { } now
                ? now
                : new NotFoundError("user"),
            text + "; the only administrator decided alone",
            ct);
        return done.IsSuccess ? request with { State = ApprovalState.Approved, ClosedAt = time.GetUtcNow() } : done.Error;
    }

    /// <summary>Invites somebody to work for the bank: a user without password, and a request for their roles.</summary>
    public async Task<Result<Approval>> InviteAsync(
        Actor actor, string email, string name, IReadOnlyCollection<string> roles, string reason, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(roles);
        if (!MayAdminister(actor))
        {
            return new NotAllowedError();
        }

        if (stepUp.Check(actor).Error is { } stale)
        {
            return stale;
        }

        if (StaffReason.Check(reason) is { IsSuccess: false } wrong)
        {
            return wrong.Error;
        }

        if (roles.Count == 0)
        {
            return new InvalidInputError("roles", "choose at least one role");
        }

        var created = await users.CreateAsync(email, name, ct);
        if (!created.IsSuccess)
        {
            return created.Error;
        }

        await audit.RecordAsync(actor, "user.invite", SubjectOf(created.Value), reason.Trim(), ct: CancellationToken.None);
        var asked = await AskRolesAsync(actor, created.Value, roles, reason, CancellationToken.None);
        if (asked is { IsSuccess: true, Value.State: ApprovalState.Approved })
        {
            await SendLinkAsync(created.Value, CancellationToken.None);
        }

        return asked;
    }

    /// <summary>Decides on a request. What was approved by enough people is carried out at once.</summary>
    public async Task<Result<Approval>> DecideAsync(
        Actor actor, string userId, string approvalId, bool isApproval, string reason, CancellationToken ct = default)
    {
        var user = await CheckAsync(actor, userId, reason, ct);
        if (!user.IsSuccess)
        {
            return user.Error;
        }

        var subject = UserRequests.SubjectOf(userId);
        if (await approvals.FindAsync(subject, approvalId, ct) is not { } asked)
        {
            return new NotFoundError("request");
        }

        if (isApproval && asked.Kind == UserRequests.Roles && await WouldEndAdministrationAsync(user.Value, asked, ct))
        {
            return new LastAdministratorError();
        }

        return await audit.RunAsync<Approval>(
            actor,
            $"{asked.Kind}.{(isApproval ? "approve" : "reject")}",
            SubjectOf(userId),
            reason.Trim(),
            async token =>
            {
                var decided = await approvals.DecideAsync(actor.UserId, subject, approvalId, isApproval, reason, token);
                if (decided is { IsSuccess: true, Value.State: ApprovalState.Approved })
                {
                    await CarryOutAsync(user.Value, decided.Value, CancellationToken.None);
                }

                return decided;
            },
            asked.Text,
            ct);
    }

    private static bool MayAdminister(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Is(BankRoles.Admin);
    }

    private static AuditSubject SubjectOf(string userId) => AuditSubject.Customer(userId);

    private static string Names(IEnumerable<string> roles) => string.Join(", ", roles) is { Length: > 0 } names ? names : "none";

    private async Task<PortalUser?> OwnerAsync(AccountNumber number, CancellationToken ct) =>
        await accounts.FindByNumberAsync(number, ct) is { } account ? await directory.FindAsync(account.OwnerId, ct) : null;

    private async Task<Error?> ConflictAsync(Actor actor, string userId, CancellationToken ct) =>
        actor.UserId == userId ? new OwnUserError() : await conflicts.FindAsync(actor, [new(userId, InvolvedAs.Subject)], ct);

    private async Task<Result<PortalUser>> CheckAsync(Actor actor, string userId, string reason, CancellationToken ct)
    {
        if (!MayAdminister(actor))
        {
            return new NotAllowedError();
        }

        if (StaffReason.Check(reason) is { IsSuccess: false } wrong)
        {
            return wrong.Error;
        }

        if (await directory.FindAsync(userId, ct) is not { } user)
        {
            return new NotFoundError("user");
        }

        var refusal = await ConflictAsync(actor, userId, ct) ?? stepUp.Check(actor).Error;
        return refusal is null ? user : refusal;
    }

    private async Task<Result<PortalUser>> ChangeAsync(
        Actor actor,
        string action,
        string userId,
        string reason,
        Func<CancellationToken, Task<bool>> change,
        CancellationToken ct,
        bool endsAdmin = false)
    {
        var user = await CheckAsync(actor, userId, reason, ct);
        if (!user.IsSuccess)
        {
            return user.Error;
        }

        if (endsAdmin && user.Value.Roles.Contains(BankRoles.Admin) && await IsLastAdministratorAsync(userId, ct))
        {
            return new LastAdministratorError();
        }

        return await audit.RunAsync<PortalUser>(
            actor,
            action,
            SubjectOf(userId),
            reason.Trim(),
            async token =>
            {
                await change(token);
                return await directory.FindAsync(userId, token) is { } now ? now : new NotFoundError("user");
            },
            ct: ct);
    }

    private async Task<bool> IsLastAdministratorAsync(string userId, CancellationToken ct) =>
        (await staff.ListAsync([BankRoles.Admin], ct)).All(one => one.UserId == userId);

    private async Task<bool> WouldEndAdministrationAsync(PortalUser user, Approval asked, CancellationToken ct) =>
        user.Roles.Contains(BankRoles.Admin)
        && !UserRequests.RolesOf(asked).Contains(BankRoles.Admin)
        && await IsLastAdministratorAsync(user.Id, ct);

    private Approval NewRequest(Actor actor, string userId, string kind, IEnumerable<string> roles, string text)
    {
        var now = time.GetUtcNow();
        return new Approval
        {
            Id = UserRequests.IdOf(kind, now, roles),
            Kind = kind,
            Subject = UserRequests.SubjectOf(userId),
            Text = text,
            MakerId = actor.UserId,
            Parties = [userId],
            RequestedAt = now,
            ExpiresAt = now + UserRequests.OpenFor,
        };
    }

    private Task<Result<Approval>> AskAsync(
        Actor actor, PortalUser user, string kind, IEnumerable<string> roles, string text, string reason, CancellationToken ct)
    {
        var request = NewRequest(actor, user.Id, kind, roles, text);
        return audit.RunAsync<Approval>(
            actor,
            kind + ".ask",
            SubjectOf(user.Id),
            reason.Trim(),
            async token =>
            {
                // One at a time: two that contradict each other would both be carried out.
                var open = (await approvals.HistoryAsync(request.Subject, MostListed, token))
                    .FirstOrDefault(one => one.Kind == kind && one.StateAt(time.GetUtcNow()) == ApprovalState.Pending);
                return open is not null
                    ? new AskedBeforeError()
                    : await approvals.RequestAsync(request, UserRequests.OpenFor, token);
            },
            text,
            ct);
    }

    private async Task CarryOutAsync(PortalUser user, Approval approved, CancellationToken ct)
    {
        if (approved.Kind == UserRequests.SecondFactor)
        {
            await users.RemoveSecondFactorAsync(user.Id, ct);
        }
        else
        {
            await users.SetStaffRolesAsync(user.Id, UserRequests.RolesOf(approved), ct);
            if (!user.HasPassword)
            {
                await SendLinkAsync(user.Id, ct);
            }
        }
    }

    private async Task SendLinkAsync(string userId, CancellationToken ct)
    {
        if (await directory.FindAsync(userId, ct) is { Email: { } email })
        {
            links.Send(email);
        }
    }

    private async Task<ImmutableArray<UserRequest>> RequestsAsync(Actor actor, ImmutableArray<Approval> asked, CancellationToken ct)
    {
        var requests = ImmutableArray.CreateBuilder<UserRequest>();
        foreach (var one in asked)
        {
            var (subject, maker) = (UserRequests.UserOf(one), await directory.FindAsync(one.MakerId, ct));
            if (subject is not null && await directory.FindAsync(subject, ct) is { } user)
            {
                requests.Add(new UserRequest(one, subject, user.Name, maker?.Name ?? "", await approvals.RefusalAsync(actor.UserId, one, ct)));
            }
        }

        return requests.ToImmutable();
    }
}
