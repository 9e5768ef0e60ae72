using BankPortal.Core.Products.Terms;

namespace BankPortal.Web.Features.Products.Terms;

/// <summary>Terms while somebody types them, with an error for each field.</summary>
internal sealed class TermsDraft
{
    private Dictionary<string, string> _errors = new(StringComparer.Ordinal);

    public AccountType Product { get; set; } = AccountType.Savings;

    public DateOnly? From { get; set; }

    public bool IsCorrection { get; set; }

    public List<TierDraft> Tiers { get; } = [];

    public DayCount DayCount { get; set; }

    public string? Monthly { get; set; }

    public string? WaivedFrom { get; set; }

    public string? PerMovement { get; set; }

    public string? FreeMovements { get; set; }

    public string? Reason { get; set; }

    /// <summary>The terms of a version, to be changed from a day on.</summary>
    public static TermsDraft Of(TermsVersion version, DateOnly from)
    {
        var fees = version.Terms.Fees;
        var draft = new TermsDraft
        {
            Product = version.Product,
            From = from,
            DayCount = version.Terms.DayCount,
            Monthly = Text(fees.Monthly),
            WaivedFrom = fees.WaivedFrom is { } least ? Text(least, zero: "0") : "",
            PerMovement = Text(fees.PerMovement),
            FreeMovements = fees.FreeMovements == 0 ? "" : fees.FreeMovements.ToString(CultureInfo.CurrentCulture),
        };
        draft.Tiers.AddRange(version.Terms.Tiers.Select(tier => new TierDraft
        {
            From = Text(tier.From, zero: "0"),
            Rate = tier.Rate.ToString("0.00##", CultureInfo.CurrentCulture),
        }));
        return draft;
    }

    /// <summary>The error of a field; <see langword="null"/> when there is none.</summary>
    public string? Error(string field) => _errors.GetValueOrDefault(field);

    /// <summary>Whether the first day is before today.</summary>
    public bool IsPast(DateOnly today) => From < today;

    /// <summary>Reads all fields.</summary>
    /// <returns>The proposal; <see langword="null"/> when a field cannot be read, which then has an error.</returns>
    public TermsProposal? Read(Currency currency)
    {
        _errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (From is null)
        {
            _errors["from"] = "Enter the first day.";
        }

        var tiers = Tiers.Select((tier, i) => new RateTier(
            Amount(ProductTerms.FromField(i), tier.From, currency, "Enter where the tier begins.") ?? 0,
            Number(ProductTerms.RateField(i), tier.Rate, "Enter a rate such as " + 2.25m.ToString("0.00", CultureInfo.CurrentCulture) + ".") ?? 0))
            .ToImmutableArray();
        var fees = new FeeTerms
        {
            Monthly = Amount("monthly", Monthly, currency) ?? 0,
            WaivedFrom = Amount("waivedFrom", WaivedFrom, currency),
            PerMovement = Amount("perMovement", PerMovement, currency) ?? 0,
            FreeMovements = Whole("freeMovements", FreeMovements),
        };
        return _errors.Count == 0
            ? new TermsProposal(Product, new ProductTerms(DayCount, tiers, fees), From!.Value, IsCorrection, Reason)
            : null;
    }

    /// <summary>Takes the refusal of the service to the fields it is about.</summary>
    /// <returns>What is about no field.</returns>
    public Error? Take(Error? error)
    {
        if (error is TermsInvalidError invalid)
        {
            foreach (var one in invalid.Errors)
            {
                _errors.TryAdd(one.FieldName, one.Message);
            }

            return null;
        }

        if (error?.Field is { } field)
        {
            _errors[field] = error.Message;
            return null;
        }

        return error;
    }

    private static string Text(decimal amount, string zero = "") =>
        amount == 0 ? zero : amount.ToString(decimal.Truncate(amount) == amount ? "N0" : "N2", CultureInfo.CurrentCulture);

    private decimal? Amount(string field, string? text, Currency currency, string? missing = null)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            if (missing is not null)
            {
                _errors[field] = missing;
            }

            return null;
        }

        // A sign is read here, so that the rule against negative amounts can answer.
        if (text.Trim() is ['-', .. var rest] && MoneyText.Parse(rest, currency) is { IsSuccess: true } negative)
        {
            return -negative.Value.Amount;
        }

        var parsed = MoneyText.Parse(text, currency);
        if (parsed.IsSuccess)
        {
            return parsed.Value.Amount;
        }

        _errors[field] = parsed.Error.Message;
        return null;
    }

    // Without separators of thousands: "1,5" is never read as fifteen.
    private decimal? Number(string field, string? text, string wrong)
    {
        if (decimal.TryParse(
            text?.Trim().TrimEnd('%'),
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite,
            CultureInfo.CurrentCulture,
            out var number))
        {
            return number;
        }

        _errors[field] = wrong;
        return null;
    }

    private int Whole(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return 0;
        }

        if (int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.CurrentCulture, out var number))
        {
            return number;
        }

        _errors[field] = "Enter a whole number.";
        return 0;
    }
}

/// <summary>One tier while somebody types it.</summary>
internal sealed class TierDraft
{
    public string From { get; set; } = "";

    public string Rate { get; set; } = "";
}
