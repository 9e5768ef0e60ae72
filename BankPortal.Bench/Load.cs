namespace BankPortal.Bench;

/// <summary>Who pays whom: evenly, some accounts far more often than others, or everybody one and the same.</summary>
internal sealed class Load
{
    public const string Uniform = "uniform";
    public const string Zipf = "Zipf(1.0)";
    public const string IntoOne = "one account is paid by all";
    public const string OutOfOne = "one account pays all";

    private static int _keys;
    private readonly string _kind;
    private readonly IReadOnlyList<Account> _accounts;
    private readonly double[] _zipf;

    /// <param name="kind">One of the constants.</param>
    /// <param name="accounts">Between which.</param>
    public Load(string kind, IReadOnlyList<Account> accounts)
    {
        _kind = kind;
        _accounts = accounts;
        var sum = 0.0;
        _zipf = [.. accounts.Select((_, i) => sum += 1.0 / (i + 1))];
    }

    public static IReadOnlyList<string> Kinds { get; } = [Uniform, Zipf, IntoOne, OutOfOne];

    /// <summary>The orders of each worker; different ones each time, drawn alike in each run.</summary>
    public TransferOrder[][] Orders(int workers, int each) => [.. Enumerable.Range(0, workers).Select(worker =>
    {
#pragma warning disable CA5394 // Nothing here is a secret.
        var random = new Random(unchecked((worker * 7919) + Volatile.Read(ref _keys)));
#pragma warning restore CA5394
        return Enumerable.Range(0, each).Select(_ => Order(random)).ToArray();
    })];

    /// <summary>Two different accounts, by their places: from the first to the second.</summary>
    internal (int From, int To) Draw(Random random)
    {
#pragma warning disable CA5394
        int Any() => random.Next(_accounts.Count);
        int Skewed() =>
            Math.Min(_zipf.Length - 1, Array.BinarySearch(_zipf, random.NextDouble() * _zipf[^1]) is var at && at < 0 ? ~at : at);
        switch (_kind)
        {
            case IntoOne:
                return (random.Next(1, _accounts.Count), 0);
            case OutOfOne:
                return (0, random.Next(1, _accounts.Count));
        }
#pragma warning restore CA5394

        Func<int> draw = _kind == Zipf ? Skewed : Any;
        while (true)
        {
            var (from, to) = (draw(), draw());
            if (from != to)
            {
                return (from, to);
            }
        }
    }

    private TransferOrder Order(Random random)
    {
        var (from, to) = Draw(random);
        return new TransferOrder
        {
            Actor = Actor.Customer(_accounts[from].OwnerId),
            IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"load {Interlocked.Increment(ref _keys)}"),
            Kind = TransferKind.Transfer,
            DebitAccountId = _accounts[from].Id,
            CreditAccountId = _accounts[to].Id,
            Amount = Money.Of(0.01m, Currency.Usd),
            DuplicateConfirmed = true,
        };
    }
}
