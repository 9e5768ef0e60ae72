using BankPortal.Core.Audit;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>Blocks a customer's sign-in, and lifts the block. Every act needs a reason and is recorded.</summary>
public sealed class SignInBlocks(ICustomerAccess access, IAuditTrail audit)
{
    /// <summary>
    /// Lets the customer not sign in any more, and ends every session at once. Asking again is a success, and ends what
    /// sessions there still are.
    /// </summary>
    /// <returns>How the customer stands; or <see cref="NotAllowedError"/>, <see cref="InvalidInputError"/>, <see cref="NotFoundError"/>, <see cref="NotACustomerError"/>.</returns>
    public Task<Result<CustomerAccess>> BlockAsync(Actor actor, string userId, string reason, CancellationToken ct = default) =>
        ChangeAsync(actor, "customer.block-sign-in", userId, reason, token => access.BlockAsync(userId, token), ct);

    /// <summary>Lets the customer sign in again.</summary>
    public Task<Result<CustomerAccess>> UnblockAsync(Actor actor, string userId, string reason, CancellationToken ct = default) =>
        ChangeAsync(actor, "customer.unblock-sign-in", userId, reason, token => access.UnblockAsync(userId, token), ct);

    private async Task<Result<CustomerAccess>> ChangeAsync(
        Actor actor, string action, string userId, string reason, Func<CancellationToken, Task<bool>> change, CancellationToken ct)
    {
        if (!FraudDesk.MayAct(actor))
        {
            return new NotAllowedError();
        }

        var said = StaffReason.Check(reason);
        if (!said.IsSuccess)
        {
            return said.Error;
        }

        switch (await access.FindAsync(userId, ct))
        {
            case null:
                return new NotFoundError("customer");
            case { IsStaff: true }:
                return new NotACustomerError();
        }

        return await audit.ActAsync<CustomerAccess>(
            actor,
            action,
            AuditSubject.Customer(userId),
            said.Value,
            async token =>
            {
                await change(token);
                return await access.FindAsync(userId, token) is { } now ? now : new NotFoundError("customer");
            },
            ct: ct);
    }
}
