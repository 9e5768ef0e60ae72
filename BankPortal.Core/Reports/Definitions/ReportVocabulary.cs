using System.Collections.Frozen;
using System.Text;
using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Days;
using BankPortal.Core.Audit;
using BankPortal.Core.Fraud.Cases;
using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Reports.Definitions;

/// <summary>
/// The names of subjects, measures and break-downs in addresses (kebab case) and for people, and what goes together. Immutable.
/// </summary>
public static class ReportVocabulary
{
    /// <summary>The break-downs by time.</summary>
    public static ImmutableArray<ReportDimension> Times { get; } =
        [ReportDimension.Day, ReportDimension.Week, ReportDimension.Month, ReportDimension.Quarter];

    /// <summary>The ranges of amounts, in major units: the first value above the range, and its code.</summary>
    public static ImmutableArray<decimal> BandLimits { get; } = [10m, 100m, 1_000m, 10_000m, 100_000m];

    private static readonly FrozenDictionary<ReportSubject, ImmutableArray<ReportDimension>> OwnDimensions =
        new Dictionary<ReportSubject, ImmutableArray<ReportDimension>>
        {
            [ReportSubject.Transactions] =
            [
                ReportDimension.Hour, ReportDimension.Kind, ReportDimension.Channel, ReportDimension.Direction, ReportDimension.Category,
                ReportDimension.AccountType, ReportDimension.Cohort, ReportDimension.Outcome, ReportDimension.Band,
            ],
            [ReportSubject.Accounts] = [ReportDimension.AccountType, ReportDimension.Cohort, ReportDimension.Status],
            [ReportSubject.Customers] = [ReportDimension.Status, ReportDimension.Cohort, ReportDimension.Step],
            [ReportSubject.Deposits] =
                [ReportDimension.AccountType, ReportDimension.Cohort, ReportDimension.Band, ReportDimension.Rank],
            [ReportSubject.Loans] = [ReportDimension.Product, ReportDimension.Bucket, ReportDimension.Vintage, ReportDimension.Status],
            [ReportSubject.Alerts] =
            [
                ReportDimension.Hour, ReportDimension.Kind, ReportDimension.Channel, ReportDimension.Outcome, ReportDimension.Rule,
                ReportDimension.Band,
            ],
            [ReportSubject.Cases] = [ReportDimension.CaseKind, ReportDimension.Outcome, ReportDimension.Age],
            [ReportSubject.SignIns] = [ReportDimension.Event, ReportDimension.Outcome],
        }.ToFrozenDictionary();

    /// <summary>The break-downs of a subject besides those by time.</summary>
    public static ImmutableArray<ReportDimension> DimensionsOf(ReportSubject subject) => OwnDimensions[subject];

    /// <summary>All break-downs of a subject.</summary>
    public static ImmutableArray<ReportDimension> AllOf(ReportSubject subject) => [.. Times, .. OwnDimensions[subject]];

    /// <summary>Whether the subject is counted at the end of a day, so that days do not add up.</summary>
    public static bool IsStock(ReportSubject subject) =>
        subject is ReportSubject.Accounts or ReportSubject.Customers or ReportSubject.Deposits or ReportSubject.Loans;

    /// <summary>Whether the subject has amounts.</summary>
    public static bool HasAmounts(ReportSubject subject) => subject is not (ReportSubject.Customers or ReportSubject.SignIns);

    /// <summary>Whether single amounts are kept, so that medians can be told.</summary>
    public static bool HasDistribution(ReportSubject subject) => subject is ReportSubject.Transactions or ReportSubject.Alerts;

    /// <summary>Whether the subject has transfers behind its figures that can be listed.</summary>
    public static bool HasRows(ReportSubject subject) => subject is ReportSubject.Transactions or ReportSubject.Alerts;

    /// <summary>Whether the break-down is by time.</summary>
    public static bool IsTime(ReportDimension dimension) => Times.Contains(dimension);

    /// <summary>Whether the measure is an amount of money.</summary>
    public static bool IsMoney(ReportMeasure measure) =>
        measure is ReportMeasure.Sum or ReportMeasure.Average or ReportMeasure.Median or ReportMeasure.P90 or ReportMeasure.P99;

    /// <summary>Whether the measure is a part of one, such as 0.25.</summary>
    public static bool IsRatio(ReportMeasure measure) => measure is ReportMeasure.Share or ReportMeasure.Growth;

    /// <summary>Whether the measure needs the distribution of amounts.</summary>
    public static bool IsPercentile(ReportMeasure measure) =>
        measure is ReportMeasure.Median or ReportMeasure.P90 or ReportMeasure.P99;

    /// <summary>The measures that make sense for the subject.</summary>
    public static ImmutableArray<ReportMeasure> MeasuresOf(ReportSubject subject) =>
        [.. Enum.GetValues<ReportMeasure>().Where(measure => MeasureProblem(subject, measure) is null)];

    /// <summary>Says why a subject does not have a measure; <see langword="null"/> when it has.</summary>
    public static string? MeasureProblem(ReportSubject subject, ReportMeasure measure) =>
        (IsMoney(measure) && !HasAmounts(subject)) ? $"{Title(subject)} have no amounts, so there is no {Title(measure).ToLowerInvariant()}."
        : IsPercentile(measure) && !HasDistribution(subject)
            ? $"{Title(subject)} are kept as sums, so there is no {Title(measure).ToLowerInvariant()}. Transactions and alerts have one."
        : measure == ReportMeasure.Distinct && !HasRows(subject)
            ? $"Different customers can be counted for transactions and alerts, not for {Title(subject).ToLowerInvariant()}."
        : null;

    /// <summary>Says why a subject does not have a break-down; <see langword="null"/> when it has.</summary>
    public static string? DimensionProblem(ReportSubject subject, ReportDimension dimension) =>
        IsTime(dimension) || OwnDimensions[subject].Contains(dimension) ? null
        : dimension == ReportDimension.Hour && IsStock(subject)
            ? $"{Title(subject)} are counted at the end of a day and have no hour."
        : $"{Title(subject)} cannot be broken down by {Title(dimension).ToLowerInvariant()}.";

    /// <summary>The name in addresses: <c>account-type</c>.</summary>
    public static string Key<T>(T value)
        where T : struct, Enum
    {
        var text = new StringBuilder();
        foreach (var c in value.ToString())
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    /// <summary>The member of that name; <see langword="null"/> when there is none.</summary>
    public static T? Parse<T>(string? key)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Key(value) == key)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The subject for people.</summary>
    public static string Title(ReportSubject subject) => subject switch
    {
        ReportSubject.SignIns => "Sign-ins",
        _ => subject.ToString(),
    };

    /// <summary>The measure for people.</summary>
    public static string Title(ReportMeasure measure) => measure switch
    {
        ReportMeasure.Count => "Number",
        ReportMeasure.Sum => "Amount",
        ReportMeasure.P90 => "90th percentile",
        ReportMeasure.P99 => "99th percentile",
        ReportMeasure.Distinct => "Different customers",
        _ => measure.ToString(),
    };

    /// <summary>The break-down for people.</summary>
    public static string Title(ReportDimension dimension) => dimension switch
    {
        ReportDimension.AccountType => "Account type",
        ReportDimension.Cohort => "Month of opening",
        ReportDimension.Band => "Range of amounts",
        ReportDimension.Direction => "In or out",
        ReportDimension.CaseKind => "Kind of case",
        ReportDimension.Rank => "Largest depositors",
        ReportDimension.Age => "Time open",
        ReportDimension.Bucket => "Days overdue",
        ReportDimension.Vintage => "Month paid out",
        _ => dimension.ToString(),
    };

    /// <summary>The values a break-down can have; empty when they are not known beforehand.</summary>
    public static ImmutableArray<string> ValuesOf(ReportSubject subject, ReportDimension dimension) => dimension switch
    {
        ReportDimension.Hour => [.. Enumerable.Range(0, 24).Select(hour => hour.ToString("00", CultureInfo.InvariantCulture))],
        ReportDimension.Kind => [.. Enum.GetNames<TransferKind>()],
        ReportDimension.Channel => [.. Enum.GetNames<BankChannel>()],
        ReportDimension.Direction => ["In", "Out"],
        ReportDimension.Category => [.. ShippedCategories.All.Select(category => category.Id)],
        ReportDimension.AccountType => [.. Enum.GetNames<AccountType>()],
        ReportDimension.Outcome => subject switch
        {
            ReportSubject.Cases => [.. Enum.GetNames<CaseDisposition>()],
            ReportSubject.SignIns => [.. Enum.GetNames<SecurityEventOutcome>()],
            _ => [nameof(TransferStatus.Posted), nameof(TransferStatus.Rejected), nameof(TransferStatus.Blocked)],
        },
        ReportDimension.Band => [.. Enumerable.Range(0, BandLimits.Length + 1).Select(Digits)],
        ReportDimension.Status when subject == ReportSubject.Customers => [.. Enum.GetNames<CustomerStanding>()],
        ReportDimension.Status when subject == ReportSubject.Accounts => ["Used", "Empty"],
        ReportDimension.Step => [.. Enum.GetNames<CustomerStep>()],
        ReportDimension.CaseKind => [.. Enum.GetNames<CaseKind>()],
        ReportDimension.Age => ["1", "2", "3", "4"],
        ReportDimension.Event => [.. Enum.GetNames<SecurityEventKind>()],
        ReportDimension.Rank => ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11"],
        _ => [],
    };

    /// <summary>A value of a break-down for people.</summary>
    public static string Label(ReportDimension dimension, string value) => dimension switch
    {
        ReportDimension.Hour => value + ":00",
        ReportDimension.Day when Day(value) is { } day => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
        ReportDimension.Month or ReportDimension.Cohort or ReportDimension.Vintage when Day(value + "-01") is { } month =>
            month.ToString("MMM yyyy", CultureInfo.InvariantCulture),
        ReportDimension.Quarter when value.Length == 7 => $"{value[5..]} {value[..4]}",
        ReportDimension.Week when value.Length == 8 => $"Week {value[6..]}, {value[..4]}",
        ReportDimension.Direction => value == "In" ? "Money in" : "Money out",
        ReportDimension.Category => ShippedCategories.All.FirstOrDefault(category => category.Id == value)?.Name ?? value,
        ReportDimension.Band => Band(value),
        ReportDimension.Age => value switch
        {
            "1" => "Up to a day",
            "2" => "2 to 7 days",
            "3" => "8 to 30 days",
            _ => "More than 30 days",
        },
        ReportDimension.Rank => value == "11" ? "All others" : "No. " + value.TrimStart('0'),
        ReportDimension.Rule when value == None => "Raised by a person",
        _ => Spaced(value),
    };

    /// <summary>The value of a break-down where a row has none.</summary>
    public const string None = "none";

    /// <summary>The range of an amount.</summary>
    public static string BandOf(Money amount)
    {
        var major = Math.Abs(amount.Amount);
        var band = 0;
        while (band < BandLimits.Length && major >= BandLimits[band])
        {
            band++;
        }

        return Digits(band);
    }

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Band(string value)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var band) || band > BandLimits.Length)
        {
            return value;
        }

        return band == 0 ? $"Below {Limit(0)}"
            : band == BandLimits.Length ? $"{Limit(band - 1)} and more"
            : $"{Limit(band - 1)} to {Limit(band)}";

        static string Limit(int index) => BandLimits[index].ToString("#,0", CultureInfo.InvariantCulture);
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Spaced(string value)
    {
        var text = new StringBuilder();
        foreach (var c in value)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0 && char.IsAsciiLetterLower(text[^1]))
            {
                text.Append(' ').Append(char.ToLowerInvariant(c));
                continue;
            }

            text.Append(c);
        }

        return text.ToString();
    }
}

/// <summary>Where a customer stands at the end of a day. Stored by name.</summary>
public enum CustomerStanding
{
    /// <summary>The first account was opened at most 30 days ago.</summary>
    New,

    /// <summary>Money moved within 90 days, besides interest and fees.</summary>
    Active,

    /// <summary>No money moved for 90 days, and there is a balance.</summary>
    Dormant,

    /// <summary>No money moved for 90 days, and all accounts are empty.</summary>
    Churned,
}

/// <summary>How far a customer has come. A customer counts at every step taken. Stored by name.</summary>
public enum CustomerStep
{
    /// <summary>Has an account on which something was booked.</summary>
    Account,

    /// <summary>Money came in.</summary>
    FirstDeposit,

    /// <summary>Money went out as well.</summary>
    FirstPayment,

    /// <summary>Money moved within the last 30 days.</summary>
    Regular,
}
