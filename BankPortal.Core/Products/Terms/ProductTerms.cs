namespace BankPortal.Core.Products.Terms;

/// <summary>What an account of a product earns and costs. Immutable; two terms are equal when everything in them is.</summary>
/// <param name="DayCount">How days are counted.</param>
/// <param name="Tiers">The rate table, lowest tier first.</param>
/// <param name="Fees">The fees.</param>
public sealed record ProductTerms(DayCount DayCount, ImmutableArray<RateTier> Tiers, FeeTerms Fees)
{
    /// <summary>The most tiers of a rate table.</summary>
    public const int MaxTiers = 10;

    /// <summary>The highest yearly rate in percent.</summary>
    public const decimal MaxRate = 25m;

    /// <summary>The highest fee, in major units.</summary>
    public const decimal MaxFee = 1_000m;

    /// <summary>Where the highest tier may begin, and the highest balance that waives a fee, in major units.</summary>
    public const decimal MaxBalance = 1_000_000_000m;

    /// <summary>The most free movements in a month.</summary>
    public const int MaxFreeMovements = 1_000;

    /// <summary>Whether any balance earns interest.</summary>
    public bool BearsInterest => Tiers.Any(tier => tier.Rate > 0);

    /// <inheritdoc/>
    public bool Equals(ProductTerms? other) =>
        other is not null && DayCount == other.DayCount && Fees == other.Fees && Tiers.AsSpan().SequenceEqual(other.Tiers.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(DayCount, Fees, Tiers.Length);

    /// <summary>Returns everything that is wrong with the terms, each with the input it is about; empty when they are valid.</summary>
    public ImmutableArray<InvalidInputError> Check()
    {
        var errors = ImmutableArray.CreateBuilder<InvalidInputError>();
        if (!Enum.IsDefined(DayCount))
        {
            errors.Add(new("dayCount", "Choose how days are counted."));
        }

        CheckTiers(errors);
        CheckAmount(errors, "monthly", Fees.Monthly, MaxFee, "A fee");
        CheckAmount(errors, "perMovement", Fees.PerMovement, MaxFee, "A fee");
        if (Fees.WaivedFrom is { } waived)
        {
            CheckAmount(errors, "waivedFrom", waived, MaxBalance, "This balance");
            if (Fees.Monthly == 0 && waived >= 0)
            {
                errors.Add(new("waivedFrom", "There is no monthly fee to waive. Enter the fee, or leave this empty."));
            }
        }

        if (Fees.FreeMovements is < 0 or > MaxFreeMovements)
        {
            errors.Add(new("freeMovements", string.Create(CultureInfo.InvariantCulture, $"Enter a number from 0 to {MaxFreeMovements}.")));
        }
        else if (Fees.FreeMovements > 0 && Fees.PerMovement == 0)
        {
            errors.Add(new("freeMovements", "Without a fee all of them are free. Enter the fee, or 0 here."));
        }

        return errors.ToImmutable();
    }

    /// <summary>The name of the input of a tier's start, counted from zero.</summary>
    public static string FromField(int tier) => string.Create(CultureInfo.InvariantCulture, $"tier{tier}From");

    /// <summary>The name of the input of a tier's rate, counted from zero.</summary>
    public static string RateField(int tier) => string.Create(CultureInfo.InvariantCulture, $"tier{tier}Rate");

    private static void CheckAmount(
        ImmutableArray<InvalidInputError>.Builder errors, string field, decimal amount, decimal most, string what)
    {
        if (amount < 0)
        {
            errors.Add(new(field, $"{what} cannot be negative."));
        }
        else if (amount > most)
        {
            errors.Add(new(field, string.Create(CultureInfo.CurrentCulture, $"{what} can be {most:N0} at most.")));
        }
        else if (decimal.Round(amount, 2) != amount)
        {
            errors.Add(new(field, "Use two decimal places at most."));
        }
    }

    private void CheckTiers(ImmutableArray<InvalidInputError>.Builder errors)
    {
        if (Tiers.IsDefaultOrEmpty)
        {
            errors.Add(new(FromField(0), "Enter at least one tier. A product without interest has one tier with the rate 0."));
            return;
        }

        if (Tiers.Length > MaxTiers)
        {
            errors.Add(new(FromField(MaxTiers), string.Create(CultureInfo.InvariantCulture, $"Use {MaxTiers} tiers at most.")));
        }

        for (var i = 0; i < Tiers.Length; i++)
        {
            var tier = Tiers[i];
            var before = errors.Count;
            CheckAmount(errors, FromField(i), tier.From, MaxBalance, "The start of a tier");
            if (errors.Count == before && StartRefusal(i) is { } wrong)
            {
                errors.Add(new(FromField(i), wrong));
            }

            if (RateRefusal(tier.Rate) is { } rate)
            {
                errors.Add(new(RateField(i), rate));
            }
        }
    }

    private string? StartRefusal(int i) =>
        i == 0 ? Tiers[0].From == 0
            ? null
            : string.Create(CultureInfo.CurrentCulture, $"This leaves a gap: balances below {Tiers[0].From:N2} have no rate. Begin at 0.")
        : Tiers[i].From == Tiers[i - 1].From
            ? string.Create(CultureInfo.CurrentCulture, $"Two tiers begin at {Tiers[i].From:N2}, so they overlap. Change or remove one.")
        : Tiers[i].From < Tiers[i - 1].From
            ? string.Create(CultureInfo.CurrentCulture, $"This tier overlaps the one before it: begin above {Tiers[i - 1].From:N2}.")
        : null;

    private static string? RateRefusal(decimal rate) => rate switch
    {
        < 0 => "A rate cannot be negative.",
        > MaxRate => string.Create(CultureInfo.CurrentCulture, $"A rate can be {MaxRate:N0}% at most."),
        _ when decimal.Round(rate, 4) != rate => "Use four decimal places at most.",
        _ => null,
    };
}
