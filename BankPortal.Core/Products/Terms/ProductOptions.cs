namespace BankPortal.Core.Products.Terms;

/// <summary>
/// The terms a new bank starts with. They are stored when they are first needed; after that managers change terms on the page
/// <c>/products</c>, and these settings have no effect.
/// </summary>
public sealed class ProductOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Products";

    /// <summary>The first day of the terms; the day on which they are stored when <see langword="null"/>.</summary>
    public DateOnly? From { get; set; }

    /// <summary>The terms of checking accounts.</summary>
    public ConfiguredTerms Checking { get; set; } = new();

    /// <summary>The terms of savings accounts.</summary>
    public ConfiguredTerms Savings { get; set; } = new() { Rate = 1.5m, HigherFrom = 10_000m, HigherRate = 2m };

    /// <summary>Whether interest and fees are posted by the background job.</summary>
    public bool PostDaily { get; set; } = true;

    /// <summary>How many days a fee that could not be charged is tried again; after that it is dropped.</summary>
    public int RetryFeesForDays { get; set; } = 60;

    /// <summary>The terms of a product.</summary>
    public ProductTerms TermsOf(AccountType product) => (product == AccountType.Savings ? Savings : Checking).ToTerms();
}

/// <summary>The terms of one product as configured.</summary>
public sealed class ConfiguredTerms
{
    /// <summary>How days are counted.</summary>
    public DayCount DayCount { get; set; } = DayCount.Actual365;

    /// <summary>The yearly rate in percent.</summary>
    public decimal Rate { get; set; }

    /// <summary>From this balance on, in major units, the part above it earns <see cref="HigherRate"/>; 0 for one rate only.</summary>
    public decimal HigherFrom { get; set; }

    /// <summary>The yearly rate in percent of the part of the balance above <see cref="HigherFrom"/>.</summary>
    public decimal HigherRate { get; set; }

    /// <summary>The monthly fee in major units.</summary>
    public decimal MonthlyFee { get; set; }

    /// <summary>The lowest balance of the month that waives the monthly fee; <see langword="null"/> for never.</summary>
    public decimal? MonthlyFeeWaivedFrom { get; set; }

    /// <summary>The fee for each withdrawal or transfer to others beyond <see cref="FreeMovements"/>.</summary>
    public decimal MovementFee { get; set; }

    /// <summary>How many withdrawals and transfers to others are free in a month.</summary>
    public int FreeMovements { get; set; }

    /// <summary>The terms.</summary>
    public ProductTerms ToTerms() => new(
        DayCount,
        HigherFrom == 0 ? [new RateTier(0, Rate)] : [new RateTier(0, Rate), new RateTier(HigherFrom, HigherRate)],
        new FeeTerms { Monthly = MonthlyFee, WaivedFrom = MonthlyFeeWaivedFrom, PerMovement = MovementFee, FreeMovements = FreeMovements });
}
