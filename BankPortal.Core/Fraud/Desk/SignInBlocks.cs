using BankPortal.Core.Audit;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>Blocks and unblocks a customer's sign-in. Every action needs a reason, a recent second factor and an actor who is not
/// involved, and is recorded in the audit trail. Stateless, thread-safe.</summary>
public sealed class SignInBlocks(ICustomerAccess access, IAuditTrail audit, ConflictsOfInterest conflicts, StepUpPolicy stepUp)
{
    /// <summary>
    /// Blocks the customer's sign-in and ends every session at once. Blocking again succeeds and ends any remaining sessions.
    /// </summary>
    /// <returns>The customer's sign-in status; or <see cref="NotAllowedError"/>, <see cref="InvalidInputError"/>,
    /// <see cref="NotFoundError"/>, <see cref="NotACustomerError"/>, <see cref="ConflictOfInterestError"/>,
    /// <see cref="SecondFactorStaleError"/>.</returns>
    public Task<Result<CustomerAccess>> BlockAsync(Actor actor, string userId, string reason, CancellationToken ct = default) =>
        ChangeAsync(actor, "customer.block-sign-in", userId, reason, token => access.BlockAsync(userId, token), ct);

    /// <summary>Lifts the block, so that the customer can sign in again.</summary>
    public Task<Result<CustomerAccess>> UnblockAsync(Actor actor, string userId, string reason, CancellationToken ct = default) =>
        ChangeAsync(actor, "customer.unblock-sign-in", userId, reason, token => access.UnblockAsync(userId, token), ct);

    private async Task<Result<CustomerAccess>> ChangeAsync(
        Actor actor, string action, string userId, string reason, Func<CancellationToken, Task<bool>> change, CancellationToken ct)
    {
        if (!FraudDesk.MayAct(actor))
        {
            return new NotAllowedError();
        }

        var checkedReason = StaffReason.Check(reason);
        if (!checkedReason.IsSuccess)
        {
            return checkedReason.Error;
        }

        switch (await access.FindAsync(userId, ct))
        {
            case null:
                return new NotFoundError("customer");
            case { IsStaff: true }:
                return new NotACustomerError();
        }

        var conflict = await conflicts.FindAsync(actor, [new(userId, InvolvedAs.Subject)], ct);
        if (conflict is null && stepUp.Check(actor).Error is { } stale)
        {
            return stale;
        }

        return await audit.RunAsync<CustomerAccess>(
            actor,
            action,
            AuditSubject.Customer(userId),
            checkedReason.Value,
            async token =>
            {
                if (conflict is not null)
                {
                    return conflict;
                }

                await change(token);
                return await access.FindAsync(userId, token) is { } now ? now : new NotFoundError("customer");
            },
            ct: ct);
    }
}
