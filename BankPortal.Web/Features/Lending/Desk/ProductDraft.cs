using BankPortal.Core.Lending.Offers;
using BankPortal.Core.Lending.Schedules;
using MudBlazor;

namespace BankPortal.Web.Features.Lending.Desk;

/// <summary>A product being edited: numbers as typed, and what is wrong with them.</summary>
internal sealed class ProductDraft
{
    private readonly Dictionary<string, string> _numbers = new(StringComparer.Ordinal);
    private Dictionary<string, string> _errors = new(StringComparer.Ordinal);

    /// <summary>The fields that hold numbers.</summary>
    public static ImmutableArray<(string Field, string Label, InputMode Mode)> Numbers { get; } =
    [
        ("rate", "Rate (% a year)", InputMode.@decimal),
        ("minAmount", "Smallest amount", InputMode.numeric),
        ("maxAmount", "Largest amount", InputMode.numeric),
        ("minMonths", "Fewest months", InputMode.numeric),
        ("maxMonths", "Most months", InputMode.numeric),
        ("arrangementFee", "Fee when paid out (%)", InputMode.@decimal),
        ("lateFee", "Fee for a missed instalment", InputMode.@decimal),
        ("graceDays", "Days of grace", InputMode.numeric),
    ];

    public string Code { get; set; } = "";

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public RepaymentMethod Method { get; set; }

    public bool IsOffered { get; set; } = true;

    public long Version { get; private init; }

    /// <summary>A draft of a product; of a new one for <see langword="null"/>.</summary>
    public static ProductDraft Of(LoanProduct? product)
    {
        var draft = new ProductDraft
        {
            Code = product?.Code ?? "",
            Name = product?.Name ?? "",
            Description = product?.Description ?? "",
            Method = product?.Method ?? RepaymentMethod.Annuity,
            IsOffered = product?.IsOffered ?? true,
            Version = product?.Version ?? 0,
        };
        if (product is not null)
        {
            draft.Set("rate", product.Rate);
            draft.Set("minAmount", product.MinAmount);
            draft.Set("maxAmount", product.MaxAmount);
            draft.Set("minMonths", product.MinMonths);
            draft.Set("maxMonths", product.MaxMonths);
            draft.Set("arrangementFee", product.ArrangementFee);
            draft.Set("lateFee", product.LateFee);
            draft.Set("graceDays", product.GraceDays);
        }

        return draft;
    }

    public string? ErrorOf(string field) => _errors.GetValueOrDefault(field);

    public string NumberOf(string field) => _numbers.GetValueOrDefault(field, "");

    public void SetNumber(string field, string? text) => _numbers[field] = text ?? "";

    /// <summary>The product; <see langword="null"/> when something is wrong, with the sentences at the fields.</summary>
    public LoanProduct? Check()
    {
        _errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var product = new LoanProduct
        {
            Code = Code.Trim(),
            Name = Name.Trim(),
            Description = Description.Trim(),
            Rate = Number("rate"),
            Method = Method,
            MinAmount = Number("minAmount"),
            MaxAmount = Number("maxAmount"),
            MinMonths = Whole("minMonths"),
            MaxMonths = Whole("maxMonths"),
            ArrangementFee = Number("arrangementFee"),
            LateFee = Number("lateFee"),
            GraceDays = Whole("graceDays"),
            IsOffered = IsOffered,
            Version = Version,
        };
        foreach (var error in product.Check())
        {
            _errors.TryAdd(error.FieldName, error.Message);
        }

        return _errors.Count == 0 ? product : null;
    }

    private void Set(string field, decimal number) => _numbers[field] = number.ToString("0.####", CultureInfo.CurrentCulture);

    private decimal Number(string field)
    {
        if (decimal.TryParse(NumberOf(field), NumberStyles.Number, CultureInfo.CurrentCulture, out var number))
        {
            return number;
        }

        _errors[field] = "Enter a number.";
        return 0;
    }

    private int Whole(string field)
    {
        if (int.TryParse(NumberOf(field), NumberStyles.AllowThousands, CultureInfo.CurrentCulture, out var number))
        {
            return number;
        }

        _errors[field] = "Enter a whole number.";
        return 0;
    }
}
