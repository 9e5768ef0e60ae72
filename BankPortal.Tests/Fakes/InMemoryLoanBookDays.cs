using BankPortal.Core.Lending.Performance;

namespace BankPortal.Tests.Fakes;

/// <summary>Days of the loan book in memory, with the real store's condition.</summary>
public sealed class InMemoryLoanBookDays : ILoanBookDayStore
{
    private readonly Dictionary<(int Part, DateOnly Day), LoanBookDay> _days = [];
    private LoanBookHead _head = LoanBookHead.None;

    public Task<LoanBookHead> ReadHeadAsync(CancellationToken ct = default) => Task.FromResult(_head);

    public Task<bool> TryWriteHeadAsync(LoanBookHead head, CancellationToken ct = default)
    {
        var isNext = head.Version == _head.Version + 1;
        _head = isNext ? head : _head;
        return Task.FromResult(isNext);
    }

    public Task<LoanBookDay?> FindAsync(DateOnly day, CancellationToken ct = default) =>
        Task.FromResult(_days.GetValueOrDefault((-1, day)));

    public Task<ImmutableArray<LoanBookDay>> FindAsync(IReadOnlyCollection<DateOnly> days, CancellationToken ct = default) =>
        Task.FromResult(Of(-1, days.Contains));

    public Task<ImmutableArray<LoanBookDay>> ReadAsync(DateOnly from, DateOnly through, CancellationToken ct = default) =>
        ReadPartAsync(-1, from, through, ct);

    public Task SaveAsync(IReadOnlyCollection<LoanBookDay> days, CancellationToken ct = default) => SavePartAsync(-1, days, ct);

    public Task SavePartAsync(int part, IReadOnlyCollection<LoanBookDay> days, CancellationToken ct = default)
    {
        foreach (var day in days)
        {
            _days[(part, day.Day)] = day;
        }

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<LoanBookDay>> ReadPartAsync(int part, DateOnly from, DateOnly through, CancellationToken ct = default) =>
        Task.FromResult(Of(part, day => day >= from && day <= through));

    private ImmutableArray<LoanBookDay> Of(int part, Func<DateOnly, bool> isWanted) =>
    [
        .. _days.Where(one => one.Key.Part == part && isWanted(one.Key.Day)).Select(one => one.Value).OrderBy(day => day.Day),
    ];
}
