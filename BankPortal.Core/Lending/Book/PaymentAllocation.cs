namespace BankPortal.Core.Lending.Book;

/// <summary>What a payment pays. Pure.</summary>
/// <param name="Fees">The fees, in minor units.</param>
/// <param name="Interest">The interest, in minor units.</param>
/// <param name="Principal">The principal, in minor units.</param>
public readonly record struct PaymentAllocation(long Fees, long Interest, long Principal)
{
    /// <summary>The whole payment in minor units.</summary>
    public long Total => Fees + Interest + Principal;

    /// <summary>Divides a payment of what is due: fees first, then interest, then principal.</summary>
    /// <param name="state">The loan.</param>
    /// <param name="amount">The payment in minor units; what is more than due is left out.</param>
    public static PaymentAllocation Of(LoanState state, long amount)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var all = OfFirst(state, int.MaxValue);
        var fees = Math.Min(amount, all.Fees);
        var interest = Math.Min(amount - fees, all.Interest);
        return new PaymentAllocation(fees, interest, Math.Min(amount - fees - interest, all.Principal));
    }

    /// <summary>What is unpaid of the oldest instalments that are due.</summary>
    /// <param name="state">The loan.</param>
    /// <param name="count">How many of the unpaid ones.</param>
    public static PaymentAllocation OfFirst(LoanState state, int count)
    {
        ArgumentNullException.ThrowIfNull(state);
        var unpaid = state.Instalments.Where(instalment => instalment.IsDue && instalment.Unpaid > 0).Take(count).ToList();
        return new PaymentAllocation(
            unpaid.Sum(instalment => instalment.Fee - instalment.FeePaid),
            unpaid.Sum(instalment => instalment.Interest - instalment.InterestPaid),
            unpaid.Sum(instalment => instalment.Principal - instalment.PrincipalPaid));
    }

    /// <summary>
    /// The oldest instalments that an amount of money covers completely: an instalment is collected whole or not at all.
    /// </summary>
    /// <param name="state">The loan.</param>
    /// <param name="available">The money there is, in minor units.</param>
    public static PaymentAllocation Collectable(LoanState state, long available)
    {
        ArgumentNullException.ThrowIfNull(state);
        var count = state.Instalments.Count(instalment => instalment.IsDue && instalment.Unpaid > 0);
        while (count > 0)
        {
            if (OfFirst(state, count) is var all && all.Total <= available)
            {
                return all;
            }

            count--;
        }

        return default;
    }
}
