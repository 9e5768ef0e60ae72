namespace BankPortal.Core.Fraud.Engine;

/// <summary>Computes the facts of a transfer from the account rows and the background. Pure, thread-safe.</summary>
public sealed class RiskFactSheet(LedgerOptions options)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    /// <summary>Computes the facts of a transfer that is about to be posted, or was at <see cref="Transfer.CreatedAt"/>.</summary>
    /// <param name="transfer">The transfer.</param>
    /// <param name="debit">The debited account before the transfer; <see langword="null"/> when it is a general ledger account.</param>
    /// <param name="credit">The credited account before the transfer; <see langword="null"/> when it is a general ledger account.</param>
    /// <param name="background">The background of the order.</param>
    public RiskFacts Of(Transfer transfer, Account? debit, Account? credit, RiskBackground background)
    {
        var at = transfer.CreatedAt;
        var amount = transfer.Amount;
        var isCash = transfer.Kind is TransferKind.Deposit or TransferKind.Withdrawal;
        var isOwn = transfer.IsBetweenOwnAccounts;
        var facts = new RiskFacts(amount.Currency)
        {
            [RiskFact.Amount] = amount.Amount,
            [RiskFact.Kind] = (int)transfer.Kind,
            [RiskFact.HourOfDay] = TimeZoneInfo.ConvertTime(at, _zone).Hour,
            [RiskFact.Cash] = Flag(isCash),
            [RiskFact.OwnTransfer] = Flag(isOwn),
            [RiskFact.OnBlockedList] = Flag(background.Lists.Contains(RiskLists.Blocked)),
            [RiskFact.OnWatchList] = Flag(background.Lists.Contains(RiskLists.Watched)),
            [RiskFact.OnTrustedList] = Flag(background.Lists.Contains(RiskLists.Trusted)),
            [RiskFact.SecurityChangeAge] = Hours(at - background.SecurityChangedAt),
        };

        if ((debit ?? credit) is not { } account)
        {
            return facts;
        }

        var before = account.Activity;
        var movement = new Movement(
            at,
            debit is null ? amount : -amount,
            debit is null ? transfer.DebitAccountId : transfer.CreditAccountId,
            isCash,
            debit is not null && credit is not null && !isOwn,
            isOwn);
        var after = before.With(movement);
        Windows(facts, after, at, amount.Currency);
        facts[RiskFact.DaysIdle] = Days(at - account.LastEntryAt);
        facts[RiskFact.AccountAge] = Days(at - account.OpenedAt);
        facts[RiskFact.Receivers24h] = after.CountParties(at, receivers: true);
        facts[RiskFact.Senders24h] = after.CountParties(at, receivers: false);

        if (debit is not null)
        {
            facts[RiskFact.BalanceShare] = debit.Available.IsPositive ? Ratio(amount.MinorUnits, debit.Available.MinorUnits) : null;
            Usual(facts, before, at, amount);
            Inflow(facts, before, at, amount);
        }

        if (debit is not null && credit is not null && !isOwn)
        {
            var received = credit.Activity.With(new Movement(at, amount, debit.Id, false, true));
            facts[RiskFact.PayeeSenders24h] = received.CountParties(at, receivers: false);
            facts[RiskFact.PayeeCreditSum24h] = Major(received.SumOfHours(at, AccountActivity.WindowHours).CreditSum, amount.Currency);
            facts[RiskFact.PayeeAccountAge] = Days(at - credit.OpenedAt);
            if (background.IsAssessed)
            {
                facts[RiskFact.NewPayee] = Flag(background.PayeeSince is null);
                facts[RiskFact.PayeeAge] = Hours(at - background.PayeeSince);
            }
        }

        return facts;
    }

    private static void Windows(RiskFacts facts, AccountActivity after, DateTimeOffset at, Currency currency)
    {
        // The individual debits of the last hour are limited in number; beyond that limit the clock hours give the better count.
        var hour = after.SumOfHours(at, 1);
        var recent = after.RecentDebits.Where(debit => debit.At > at - AccountActivity.RecentWindow).ToList();
        var exact = recent.Count < AccountActivity.MaxRecentDebits;
        facts[RiskFact.Debits1h] = exact ? recent.Count : hour.Debits;
        facts[RiskFact.DebitSum1h] = Major(exact ? recent.Sum(debit => debit.Amount) : hour.DebitSum, currency);
        facts[RiskFact.DebitMax1h] = Major(exact ? recent.Select(debit => debit.Amount).DefaultIfEmpty().Max() : hour.DebitMax, currency);
        var tiny = recent.Where(debit => Major(debit.Amount, currency) <= RiskVocabulary.TinyAmount).ToList();
        facts[RiskFact.DebitsToOthers1h] = exact ? recent.Count(debit => !debit.IsOwn) : hour.Debits - hour.OwnDebits;

        // In the first hours after an update from a version that did not count tiny debits by the hour, the list has more of them.
        var (tinyToOthers, tinyByHour) = (tiny.Count(debit => !debit.IsOwn), hour.TinyDebits - hour.OwnTinyDebits);
        facts[RiskFact.TinyDebits1h] = exact ? tiny.Count : Math.Max(tiny.Count, hour.TinyDebits);
        facts[RiskFact.TinyDebitsToOthers1h] = exact ? tinyToOthers : Math.Max(tinyToOthers, tinyByHour);
        facts[RiskFact.Credits1h] = hour.Credits;
        facts[RiskFact.CreditSum1h] = Major(hour.CreditSum, currency);
        facts[RiskFact.CreditMax1h] = Major(hour.CreditMax, currency);

        var day = after.SumOfHours(at, AccountActivity.WindowHours);
        facts[RiskFact.HighValue24h] = day.HighValue;
        Window(facts, RiskFact.Debits24h, RiskFact.Credits24h, day, currency);
        Window(facts, RiskFact.Debits7d, RiskFact.Credits7d, after.SumOfDays(at, 7), currency);
        Window(facts, RiskFact.Debits30d, RiskFact.Credits30d, after.SumOfDays(at, AccountActivity.WindowDays), currency);

        var cash = after.SumOfCash(at, AccountActivity.CashHours);
        facts[RiskFact.Cash48h] = cash.Cash;
        facts[RiskFact.CashSum48h] = Major(cash.CashSum, currency);
        facts[RiskFact.NearLimitCash48h] = cash.NearLimitCash;
    }

    // In the vocabulary, count, sum and maximum of a side follow each other.
    private static void Window(RiskFacts facts, RiskFact debits, RiskFact credits, in ActivityBucket sum, Currency currency)
    {
        facts[debits] = sum.Debits;
        facts[debits + 1] = Major(sum.DebitSum, currency);
        facts[debits + 2] = Major(sum.DebitMax, currency);
        facts[credits] = sum.Credits;
        facts[credits + 1] = Major(sum.CreditSum, currency);
        facts[credits + 2] = Major(sum.CreditMax, currency);
    }

    private static void Usual(RiskFacts facts, AccountActivity before, DateTimeOffset at, Money amount)
    {
        var month = before.SumOfDays(at, AccountActivity.WindowDays);
        if (month.Debits >= RiskVocabulary.UsualFrom && month.DebitSum > 0)
        {
            facts[RiskFact.RatioToUsual] = (decimal)amount.MinorUnits * month.Debits / month.DebitSum;
        }
    }

    private static void Inflow(RiskFacts facts, AccountActivity before, DateTimeOffset at, Money amount)
    {
        if (before.Inflow is { } flow && flow.At > at - AccountActivity.RecentWindow && flow.Amount > 0)
        {
            facts[RiskFact.RecentCredit] = Major(flow.Amount, amount.Currency);
            facts[RiskFact.PassedOnShare] = Ratio(flow.PassedOn + amount.MinorUnits, flow.Amount);
        }
    }

    private static decimal Major(long minorUnits, Currency currency) => new Money(minorUnits, currency).Amount;

    private static decimal Ratio(long part, long whole) => (decimal)part / whole;

    private static decimal Flag(bool value) => value ? 1 : 0;

    private static decimal? Hours(TimeSpan? span) => span is { } known ? Math.Max(0, (decimal)known.TotalHours) : null;

    private static decimal? Days(TimeSpan? span) => span is { } known ? Math.Max(0, (decimal)known.TotalDays) : null;
}
