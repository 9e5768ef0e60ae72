using BankPortal.Core.Ledger.Verification;
using FsCheck;
using FsCheck.Fluent;

namespace BankPortal.Tests.Ledger.Posting;

/// <summary>Random sequences of operations, compared step by step with a model that fits on a page.</summary>
[UnitTest]
public sealed class LedgerModelTests
{
    private const int AccountCount = 3;

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (4, Gen.Choose(1, 9000).SelectMany(cents => Gen.Choose(0, AccountCount - 1).Select(a => new Step(Do.Deposit, a, 0, cents)))),
        (3, Gen.Choose(1, 9000).SelectMany(cents => Gen.Choose(0, AccountCount - 1).Select(a => new Step(Do.Withdraw, a, 0, cents)))),
        (6, Gen.Choose(1, 9000).SelectMany(cents => Pair.Select(p => new Step(Do.Transfer, p.A, p.B, cents)))),
        (3, Gen.Choose(1, 9000).SelectMany(cents => Pair.Select(p => new Step(Do.Hold, p.A, p.B, cents)))),
        (2, Gen.Choose(0, 20).Select(n => new Step(Do.Release, n, 0, 0))),
        (2, Gen.Choose(0, 20).Select(n => new Step(Do.Reject, n, 0, 0))),
        (3, Gen.Choose(0, 40).SelectMany(n => Gen.Choose(0, 2).Select(overdraw => new Step(Do.Reverse, n, overdraw, 0)))),
        (1, Gen.Choose(0, AccountCount - 1).Select(a => new Step(Do.Freeze, a, 0, 0))),
        (2, Gen.Choose(0, AccountCount - 1).Select(a => new Step(Do.Unfreeze, a, 0, 0))),
        (1, Gen.Choose(0, AccountCount - 1).Select(a => new Step(Do.Close, a, 0, 0))),
        (2, Gen.Choose(0, 40).Select(n => new Step(Do.Repeat, n, 0, 0))));

    private enum Do
    {
        Deposit,
        Withdraw,
        Transfer,
        Hold,
        Release,
        Reject,
        Reverse,
        Freeze,
        Unfreeze,
        Close,
        Repeat,
    }

    private static Gen<(int A, int B)> Pair =>
        Gen.Choose(0, AccountCount - 1).SelectMany(a => Gen.Choose(1, AccountCount - 1).Select(step => (a, (a + step) % AccountCount)));

    [Fact]
    public void AnySequence_AgreesWithTheModelAndKeepsEveryInvariant() =>
        Properties.Holds(Gen.Choose(1, 60).SelectMany(length => Steps.ArrayOf(length)), steps => Run(steps).GetAwaiter().GetResult());

    private static async Task<bool> Run(Step[] steps)
    {
        var bank = new InMemoryBank();
        var staff = StaffActors.Fresh("staff", BankRoles.Analyst);
        var model = new Model();
        var ids = new List<string>();
        for (var i = 0; i < AccountCount; i++)
        {
            ids.Add((await bank.Accounts.OpenAsync(Actor.Customer($"u{i}"), new OpenAccount("k", AccountType.Checking))).Value.Id);
        }

        var orders = new List<TransferOrder>();
        var holds = new List<(string Id, int From, int To, long Cents)>();
        var posted = new List<(string Id, int? From, int? To, long Cents)>();
        foreach (var (what, a, b, cents) in steps)
        {
            switch (what)
            {
                case Do.Deposit or Do.Withdraw or Do.Transfer or Do.Hold:
                    var order = new TransferOrder
                    {
                        Actor = Actor.Customer($"u{a}"),
                        IdempotencyKey = $"o{orders.Count}",
                        Kind = what switch
                        {
                            Do.Deposit => TransferKind.Deposit,
                            Do.Withdraw => TransferKind.Withdrawal,
                            _ => TransferKind.Transfer,
                        },
                        DebitAccountId = what == Do.Deposit ? GeneralLedger.Cash(Currency.Usd) : ids[a],
                        CreditAccountId = what switch
                        {
                            Do.Deposit => ids[a],
                            Do.Withdraw => GeneralLedger.Cash(Currency.Usd),
                            _ => ids[b],
                        },
                        Amount = new Money(cents, Currency.Usd),
                        Hold = what == Do.Hold,
                        DuplicateConfirmed = true,
                    };
                    orders.Add(order);
                    var result = await bank.Ledger.ExecuteAsync(order);
                    Assert.Equal(
                        model.Move(
                            what == Do.Deposit ? null : a,
                            what switch
                            {
                                Do.Deposit => a,
                                Do.Withdraw => null,
                                _ => b,
                            },
                            cents,
                            what == Do.Hold
                        ),
                        result.IsSuccess
                    );
                    if (what == Do.Hold && result.IsSuccess)
                    {
                        holds.Add((result.Value.Id, a, b, cents));
                    }
                    else if (result.IsSuccess)
                    {
                        posted.Add(
                            (
                                result.Value.Id,
                                what == Do.Deposit ? null : a,
                                what switch
                                {
                                    Do.Deposit => a,
                                    Do.Withdraw => null,
                                    _ => b,
                                },
                                cents
                            )
                        );
                    }

                    break;

                case Do.Release or Do.Reject when holds.Count > 0:
                    var hold = holds[a % holds.Count];
                    var release = what == Do.Release;
                    var settled = release
                        ? await bank.Ledger.ReleaseAsync(staff, hold.Id, "checked")
                        : await bank.Ledger.RejectAsync(staff, hold.Id, "fraud");
                    Assert.Equal(model.Settle(hold.Id, hold.From, hold.To, hold.Cents, release), settled.IsSuccess);
                    if (release && settled.IsSuccess)
                    {
                        posted.Add(hold);
                    }

                    break;

                case Do.Reverse when posted.Count > 0:
                    var original = posted[a % posted.Count];
                    var reversal = await bank.Ledger.ReverseAsync(staff, original.Id, "sent twice", mayOverdraw: b == 2);
                    Assert.Equal(model.Reverse(original.Id, original.From, original.To, original.Cents, b == 2), reversal.IsSuccess);
                    if (reversal.IsSuccess)
                    {
                        Assert.Equal(
                            (original.Id, reversal.Value.Id),
                            (reversal.Value.ReversesId, (await bank.Store.FindTransferAsync(original.Id))!.ReversedById)
                        );
                        Assert.IsType<IsReversalError>((await bank.Ledger.ReverseAsync(staff, reversal.Value.Id, "sent twice")).Error);
                    }

                    break;

                case Do.Freeze:
                    Assert.Equal(model.SetFrozen(a, true), (await bank.Accounts.FreezeAsync(staff, ids[a], "because")).IsSuccess);
                    break;

                case Do.Unfreeze:
                    Assert.Equal(model.SetFrozen(a, false), (await bank.Accounts.UnfreezeAsync(staff, ids[a], "because")).IsSuccess);
                    break;

                case Do.Close:
                    Assert.Equal(model.Close(a), (await bank.Accounts.CloseAsync(Actor.Customer($"u{a}"), ids[a])).IsSuccess);
                    break;

                case Do.Repeat when orders.Count > 0:
                    // A repeat changes nothing, whatever has happened since, and gives the transfer if there is one.
                    var again = orders[a % orders.Count];
                    if (bank.Store.Transfers.FirstOrDefault(t => t.Id == again.TransferId) is { } first)
                    {
                        Assert.Equal(first, (await bank.Ledger.ExecuteAsync(again)).Value);
                    }

                    break;
            }

            for (var i = 0; i < AccountCount; i++)
            {
                var account = (await bank.Store.FindAsync(ids[i]))!;
                Assert.Equal((model.Balance[i], model.Held[i]), (account.Balance.MinorUnits, account.Held.MinorUnits));
                Assert.True(account.Available.MinorUnits >= -model.Overdrawn[i]);
            }
        }

        var found = await new LedgerVerifier(new Audit(bank.Store, ids)).VerifyAsync();
        Assert.True(found.IsClean, string.Join('\n', found.Violations));
        return true;
    }

    private sealed record Step(Do What, int A, int B, int Cents);

    /// <summary>What should happen: plain numbers, no versions, no entries.</summary>
    private sealed class Model
    {
        private readonly bool[] _frozen = new bool[AccountCount];
        private readonly bool[] _closed = new bool[AccountCount];
        private readonly HashSet<string> _settled = new(StringComparer.Ordinal);
        private readonly HashSet<string> _reversed = new(StringComparer.Ordinal);

        public long[] Balance { get; } = new long[AccountCount];

        public long[] Held { get; } = new long[AccountCount];

        public long[] Overdrawn { get; } = new long[AccountCount];

        public bool Move(int? from, int? to, long cents, bool hold)
        {
            if ((from is { } f && (_frozen[f] || _closed[f] || Balance[f] - Held[f] < cents)) || (to is { } t && _closed[t]))
            {
                return false;
            }

            if (hold)
            {
                Held[from!.Value] += cents;
            }
            else
            {
                Post(from, to, cents);
            }

            return true;
        }

        public bool Settle(string id, int from, int to, long cents, bool release)
        {
            if (_settled.Contains(id))
            {
                // The same person asking for the same settlement again is told that it is done.
                return _settled.Contains($"{id}:{release}");
            }

            if (release && (_frozen[from] || _closed[to] || Balance[from] < cents))
            {
                return false;
            }

            _settled.Add(id);
            _settled.Add($"{id}:{release}");
            Held[from] -= cents;
            if (release)
            {
                Post(from, to, cents);
            }

            return true;
        }

        public bool Reverse(string id, int? from, int? to, long cents, bool mayOverdraw)
        {
            if (_reversed.Contains(id))
            {
                return true; // The same person asking again gets the first result.
            }

            if ((from is { } f && _closed[f]) || (to is { } t && _closed[t]))
            {
                return false;
            }

            if (to is { } taken && Math.Max(0, Balance[taken] - Held[taken]) is var there && there < cents)
            {
                if (!mayOverdraw)
                {
                    return false;
                }

                Overdrawn[taken] += cents - there;
            }

            _reversed.Add(id);
            Post(to, from, cents);
            return true;
        }

        public bool SetFrozen(int account, bool frozen)
        {
            if (!_closed[account])
            {
                _frozen[account] = frozen;
            }

            return !_closed[account];
        }

        public bool Close(int account)
        {
            if (!_closed[account] && (_frozen[account] || Balance[account] != 0 || Held[account] != 0))
            {
                return false;
            }

            return _closed[account] = true;
        }

        private void Post(int? from, int? to, long cents)
        {
            if (from is { } f)
            {
                Balance[f] -= cents;
            }

            if (to is { } t)
            {
                Balance[t] += cents;
            }
        }
    }

    private sealed class Audit(InMemoryLedger ledger, List<string> ids) : ILedgerAudit
    {
        public async IAsyncEnumerable<Account> AccountsAsync(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default
        )
        {
            foreach (var id in ids)
            {
                yield return (await ledger.FindAsync(id, ct))!;
            }
        }

        public IAsyncEnumerable<Transfer> TransfersAsync(CancellationToken ct = default) => ledger.Transfers.ToAsyncEnumerable();

        public IAsyncEnumerable<Entry> EntriesAsync(CancellationToken ct = default) => ledger.Entries.ToAsyncEnumerable();
    }
}
