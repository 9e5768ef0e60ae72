namespace BankPortal.Core.Ledger.Verification;

/// <summary>
/// Recomputes the ledger from its entries and compares. The invariants, by number:
/// <list type="number">
/// <item>the legs of every posted transfer sum to zero, and both exist;</item>
/// <item>the entries of an account are numbered without gaps, and each balance is the one before plus the amount;</item>
/// <item>an account's balance is its last entry's, what is held is the sum of its held transfers, and what is spendable is
/// not negative, except by what reversals were allowed to overdraw;</item>
/// <item>one idempotency key has one effect: no transfer has more than one entry on a side;</item>
/// <item>a closed account has no balance and no holds, and no entry after it was closed;</item>
/// <item>over the whole bank, internal accounts included, the balances sum to zero in every currency;</item>
/// <item>what is posted stays: no entry without its transfer, none that differs from it, no transfer that lost its entries; a
/// reversal has the turned legs of a posted transfer, and each of the two names the other (an imported one names none).</item>
/// </list>
/// Each account's hash chain is recomputed as well. While money is moving, an account is read a moment before its entries:
/// run it on a quiet system, or read a violation as a reason to look again.
/// </summary>
/// <remarks>
/// The rows are streamed and none is kept, except for the ids of overdrawn accounts. What must agree between tables (a transfer
/// and its legs, a reversal and what it reverses, a row and its last entry, what an account holds and its held transfers) is
/// compared by <see cref="LedgerFingerprint"/>. Only where that shows a difference, a further reading keeps the rows concerned to
/// report what it is.
/// </remarks>
/// <param name="audit">Gives the rows.</param>
/// <param name="maxKept">How many rows to keep at once when looking closer; one bucket's are kept in any case.</param>
public sealed partial class LedgerVerifier(ILedgerAudit audit, int maxKept = LedgerVerifier.DefaultMaxKept)
{
    /// <summary>How many violations are listed; the rest are counted.</summary>
    public const int MaxListed = 1000;

    /// <summary>How many rows are kept at once by default.</summary>
    public const int DefaultMaxKept = 50_000;

    /// <summary>Verifies all of the ledger.</summary>
    /// <param name="progress">Told the number of rows read so far, now and then.</param>
    /// <param name="ct">Stops the check.</param>
    public async Task<LedgerVerification> VerifyAsync(IProgress<long>? progress = null, CancellationToken ct = default)
    {
        var report = new Report(progress);
        var survey = new Survey(report);
        await ReadAsync(survey, ct);

        var kept = 0L;
        var suspects = new Queue<Suspect>(survey.Suspects());
        while (suspects.Count > 0 && report.Listed.Count < MaxListed)
        {
            var inquiry = new Inquiry(report);
            var rows = 0;
            do
            {
                rows += suspects.Peek().Rows;
                inquiry.LookInto(suspects.Dequeue());
            }
            while (suspects.TryPeek(out var next) && rows + next.Rows <= maxKept);

            await ReadAsync(inquiry, ct);
            kept = Math.Max(kept, inquiry.Kept);
        }

        // The list is full; each bucket that was not looked into has at least one more.
        report.Count += suspects.Count;
        return survey.Result(kept);
    }

    private async Task ReadAsync(Reading reading, CancellationToken ct)
    {
        await foreach (var account in audit.AccountsAsync(ct))
        {
            reading.Add(account);
        }

        await foreach (var transfer in audit.TransfersAsync(ct))
        {
            reading.Add(transfer);
        }

        await foreach (var entry in audit.EntriesAsync(ct))
        {
            reading.Add(entry);
        }

        reading.Finish();
    }

    private static string Name(Entry entry) =>
        $"entry {Show(entry.Sequence)} ({entry.PostedAt.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)})";

    private static string Show(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Show(long minorUnits, Currency currency) => new Money(minorUnits, currency).ToString();

    private enum Sides
    {
        /// <summary>Accounts and what they rest on.</summary>
        Accounts,

        /// <summary>Transfers and their legs.</summary>
        Transfers,

        /// <summary>Reversed transfers and their reversals.</summary>
        Reversals,
    }

    /// <summary>A bucket whose two sides differ.</summary>
    private readonly record struct Suspect(Sides Of, int Bucket, int Rows);

    private sealed class Report(IProgress<long>? progress)
    {
        private long _rows;

        public List<LedgerViolation> Listed { get; } = [];

        public long Count { get; set; }

        public void Add(int invariant, string subject, string detail)
        {
            Count++;
            if (Listed.Count < MaxListed)
            {
                Listed.Add(new LedgerViolation(invariant, subject, detail));
            }
        }

        public void Tick()
        {
            if (++_rows % 1000 == 0)
            {
                progress?.Report(_rows);
            }
        }
    }

    private abstract class Reading(Report report)
    {
        private Entry? _last;

        protected Report Report { get; } = report;

        public void Add(Account account)
        {
            Report.Tick();
            See(account);
        }

        public void Add(Transfer transfer)
        {
            Report.Tick();
            See(transfer);
        }

        public void Add(Entry entry)
        {
            Report.Tick();
            if (_last is not null && _last.AccountId != entry.AccountId)
            {
                FinishAccount();
            }

            See(entry, _last);
            _last = entry;
        }

        public void Finish()
        {
            FinishAccount();
            SeeEnd();
        }

        protected abstract void See(Account account);

        protected abstract void See(Transfer transfer);

        /// <summary>An entry and the one before it in the same account or shard.</summary>
        protected abstract void See(Entry entry, Entry? before);

        /// <summary>The last entry of a customer's account.</summary>
        protected abstract void SeeLast(Entry last);

        protected abstract void SeeEnd();

        private void FinishAccount()
        {
            if (_last is not null && !GeneralLedger.IsInternal(_last.AccountId))
            {
                SeeLast(_last);
            }

            _last = null;
        }
    }
}
