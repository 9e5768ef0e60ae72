using BankPortal.Core.Lending.Offers;
using BankPortal.Core.Lending.Performance;
using BankPortal.Web.Components.Charts;
using Microsoft.AspNetCore.WebUtilities;

namespace BankPortal.Web.Features.Lending.Performance;

/// <summary>How the loan book performs, as of the day in the address.</summary>
public sealed partial class LoanPerformancePage
{
    private const int MostCurves = 5;

    private readonly ApexChartOptions _parOptions = new()
    {
        Chart = new Chart { Height = 280 },
        Xaxis = new XAxis { Type = XAxisType.Datetime, Title = "Day" },
        Yaxis = new YAxis { Unit = ChartUnit.Percent, Decimals = 2, Min = 0 },
    };

    private readonly ApexChartOptions _vintageOptions = new()
    {
        Chart = new Chart { Height = 280 },
        Xaxis = new XAxis { Type = XAxisType.Numeric, Title = "Months since payout" },
        Yaxis = new YAxis { Unit = ChartUnit.Percent, Decimals = 2, Min = 0 },
    };

    private LoanPerformanceReport? _report;
    private Dictionary<string, string> _names = [];
    private ImmutableArray<LoanVintage> _drawn = [];
    private ImmutableArray<LoanPlace> _places = [];
    private string? _refusal;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required LoanPerformance Performance { get; init; }

    [Inject] public required LoanProductService Products { get; init; }

    [Inject] public required AccountOptions Options { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    /// <summary>The day, such as <c>2026-11-30</c>; the last one without it.</summary>
    [SupplyParameterFromQuery(Name = "day")] public string? Day { get; set; }

    /// <summary>The product; all without it.</summary>
    [SupplyParameterFromQuery(Name = "product")] public string? ProductCode { get; set; }

    protected override object? LoadKey => (Day, ProductCode);

    protected override bool KeepsContent => true;

    private static int[] Ages => [3, 6, 12];

    private string? Product => string.IsNullOrEmpty(ProductCode) ? null : ProductCode;

    private string ProductQuery => Product is { } code ? "&product=" + Uri.EscapeDataString(code) : "";

    private string VintageSummary => _drawn is [.., var last]
        ? $"Of what was lent in {last.Month}, {Percent(last.Points[^1].BadShare)} is 30 days late or more, or written off."
        : "No loans were paid out.";

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        DateOnly? day = DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var given)
            ? given
            : null;
        var read = await Performance.ReadAsync(actor, day, Currency.Of(Options.Currency), Product, ct);
        var products = await Products.ListAsync(actor, ct);
        _names = products.IsSuccess ? products.Value.ToDictionary(one => one.Code, one => one.Name, StringComparer.Ordinal) : [];
        (_report, _refusal) = (read.IsSuccess ? read.Value : null, read.Error?.Message);
        _drawn = [.. (_report?.Vintages ?? []).Where(one => one.Points.Length > 1).TakeLast(MostCurves)];
        _places = [.. (_report?.Moves ?? []).Select(move => move.From).Distinct().Order()];
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string Percent(decimal share) => share.ToString("0.00", CultureInfo.CurrentCulture) + " %";

    private static string PlaceName(LoanPlace place) => place switch
    {
        LoanPlace.New => "New",
        LoanPlace.PaidOff => "Repaid",
        LoanPlace.WrittenOff => "Written off",
        _ => LoanText.Name(Core.Lending.Book.DelinquencyBucket.Current + (place - LoanPlace.Current)),
    };

    private static string Address(DateOnly? day, string? product) => QueryHelpers.AddQueryString(
        BankRoutes.LoanPerformance,
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["day"] = day is { } on ? Iso(on) : null, ["product"] = product });

    private Money Of(long minorUnits) => new(minorUnits, _report!.Currency);

    private void SetDay(ChangeEventArgs e)
    {
        if (DateOnly.TryParseExact(e.Value as string, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            Navigation.NavigateTo(Address(day, Product));
        }
    }

    private void SetProduct(ChangeEventArgs e) =>
        Navigation.NavigateTo(Address(Day is null ? null : _report?.Day, e.Value is string { Length: > 0 } code ? code : null));
}
