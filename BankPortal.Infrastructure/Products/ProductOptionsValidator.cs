using BankPortal.Core.Products.Terms;

namespace BankPortal.Infrastructure.Products;

/// <summary>Checks <see cref="ProductOptions"/>.</summary>
public sealed class ProductOptionsValidator : IOptionsValidator<ProductOptions>
{
    private static readonly DateOnly Earliest = new(2000, 1, 1);
    private static readonly DateOnly Latest = new(2100, 1, 1);

    /// <inheritdoc/>
    public void Check(ProductOptions options, OptionsErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);

        errors.Require(
            options.From is null || (options.From >= Earliest && options.From <= Latest),
            nameof(options.From),
            "must be a day from 2000-01-01 to 2100-01-01");
        errors.RequireRange(options.RetryFeesForDays, 1, 365, nameof(options.RetryFeesForDays));
        CheckTerms(options.Checking, nameof(options.Checking), errors);
        CheckTerms(options.Savings, nameof(options.Savings), errors);
    }

    private static void CheckTerms(ConfiguredTerms terms, string section, OptionsErrors errors)
    {
        errors.RequireRange(terms.HigherFrom, 0m, ProductTerms.MaxBalance, $"{section}:{nameof(terms.HigherFrom)}");
        errors.Require(
            terms.HigherFrom > 0 || terms.HigherRate == 0,
            $"{section}:{nameof(terms.HigherRate)}",
            $"needs {nameof(terms.HigherFrom)}, the balance above which it applies");
        foreach (var error in terms.ToTerms().Check())
        {
            errors.Add($"{section}:{SettingOf(error.FieldName)}", $"is not valid: {error.Message.TrimEnd('.')}");
        }
    }

    private static string SettingOf(string field) => field switch
    {
        "tier0Rate" => nameof(ConfiguredTerms.Rate),
        "tier1From" => nameof(ConfiguredTerms.HigherFrom),
        "tier1Rate" => nameof(ConfiguredTerms.HigherRate),
        "monthly" => nameof(ConfiguredTerms.MonthlyFee),
        "waivedFrom" => nameof(ConfiguredTerms.MonthlyFeeWaivedFrom),
        "perMovement" => nameof(ConfiguredTerms.MovementFee),
        "freeMovements" => nameof(ConfiguredTerms.FreeMovements),
        _ => nameof(ConfiguredTerms.DayCount),
    };
}
