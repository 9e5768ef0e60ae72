using BankPortal.Core.Lending.Applications;
using BankPortal.Core.Lending.Book;
using BankPortal.Web.Components.Grid;
using Microsoft.AspNetCore.WebUtilities;

namespace BankPortal.Web.Features.Lending.Desk;

/// <summary>The loans of the bank, with filters; state, order and page are in the address.</summary>
public sealed partial class LoanBookPage
{
    private static readonly Dictionary<string, Func<LoanRow, IComparable?>> Keys = new(StringComparer.Ordinal)
    {
        ["customer"] = row => row.Name,
        ["amount"] = row => row.Loan.Terms.Amount.MinorUnits,
        ["left"] = row => row.Loan.Figures.Outstanding,
        ["due"] = row => row.Loan.Figures.Due,
        ["late"] = row => row.DaysPastDue,
        ["next"] = row => row.Loan.Figures.NextDueOn,
    };

    private GridPage<LoanRow> _page = new([]);
    private bool _isCut;
    private DateOnly _today;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required LoanDesk Desk { get; init; }

    [SupplyParameterFromQuery(Name = "status")] public string? StatusText { get; set; }

    [SupplyParameterFromQuery(Name = "bucket")] public string? BucketText { get; set; }

    [SupplyParameterFromQuery(Name = "product")] public string? Product { get; set; }

    [SupplyParameterFromQuery(Name = "vintage")] public string? Vintage { get; set; }

    [SupplyParameterFromQuery(Name = "sort")] public string? SortText { get; set; }

    [SupplyParameterFromQuery(Name = "dir")] public string? Direction { get; set; }

    [SupplyParameterFromQuery(Name = "page")] public int? PageNumber { get; set; }

    protected override object? LoadKey => (StatusText, BucketText, Product, Vintage, SortText, Direction, PageNumber);

    protected override bool KeepsContent => true;

    private static ImmutableArray<LoanStatus> Shown =>
        [LoanStatus.Applied, LoanStatus.Active, LoanStatus.PaidOff, LoanStatus.WrittenOff, LoanStatus.Declined, LoanStatus.Lapsed];

    private LoanFilter Filter => new(
        Enum.TryParse<LoanStatus>(StatusText, out var status) && Enum.IsDefined(status) ? status : null,
        Enum.TryParse<DelinquencyBucket>(BucketText, out var bucket) && Enum.IsDefined(bucket) ? bucket : null,
        string.IsNullOrEmpty(Product) ? null : Product,
        string.IsNullOrEmpty(Vintage) ? null : Vintage);

    private GridSort? Sort => GridSort.Of(SortText, Direction, Keys.Keys);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var read = await Desk.ListAsync(await Actors.GetAsync(ct), Filter, ct);
        _today = Desk.Today;
        var (filter, sort) = (Filter, Sort);
        _isCut = read is { IsSuccess: true, Value.IsCut: true };
        _page = GridPage.Of(
            read.IsSuccess ? read.Value.Rows : [],
            sort,
            Keys,
            PageNumber ?? 1,
            number => Address(filter.Status, filter.Bucket, sort, number));
    }

    private static Money Of(LoanRow row, long minorUnits) => new(minorUnits, row.Loan.Terms.Amount.Currency);

    private string Address(LoanStatus? status, DelinquencyBucket? bucket, GridSort? sort = null, int page = 1) =>
        QueryHelpers.AddQueryString(
            BankRoutes.LoanBook,
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["status"] = status?.ToString(),
                ["bucket"] = bucket?.ToString(),
                ["product"] = Filter.Product,
                ["vintage"] = Filter.Vintage,
                ["sort"] = sort?.Column,
                ["dir"] = sort is { Descending: true } ? "desc" : null,
                ["page"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null,
            });
}
