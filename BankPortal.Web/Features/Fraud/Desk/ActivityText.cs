using BankPortal.Core.Fraud.Desk;

namespace BankPortal.Web.Features.Fraud.Desk;

/// <summary>The recent activity of an account in figures and sentences.</summary>
internal static class ActivityText
{
    /// <summary>What went out and came in, by period.</summary>
    public static IEnumerable<(string Period, ActivityBucket Sum)> Windows(AccountFile file) =>
    [
        ("This hour and the last", file.Account.Activity.SumOfHours(file.At, 1)),
        ("24 hours", file.Account.Activity.SumOfHours(file.At, AccountActivity.WindowHours)),
        ("7 days", file.Account.Activity.SumOfDays(file.At, 7)),
        ("30 days", file.Account.Activity.SumOfDays(file.At, AccountActivity.WindowDays)),
    ];

    /// <summary>How often something happened: "3 times".</summary>
    public static string Times(int count) => count == 1 ? "1 time" : $"{Number(count)} times";

    /// <summary>What the table of periods does not show, in a few sentences.</summary>
    public static string Summary(AccountFile file)
    {
        var activity = file.Account.Activity;
        var (senders, receivers) = (
            activity.CountParties(file.At, receivers: false), activity.CountParties(file.At, receivers: true));
        var month = activity.SumOfDays(file.At, AccountActivity.WindowDays);
        var sentences = new List<string>
        {
            (senders, receivers) is (0, 0)
                ? "No other customers in 24 hours."
                : $"In 24 hours from {Count(senders, "customer", "customers")} and to {Count(receivers, "customer", "customers")}.",
        };
        if (month.DebitMax > 0 || month.CreditMax > 0)
        {
            sentences.Add($"Largest in 30 days: {Format(month.DebitMax)} out, {Format(month.CreditMax)} in.");
        }

        if (month.HighValue > 0)
        {
            sentences.Add($"{Count(month.HighValue, "high-value movement", "high-value movements")} in 30 days.");
        }

        if (month.Cash > 0)
        {
            var nearLimit = month.NearLimitCash > 0 ? $", {Number(month.NearLimitCash)} just under the reporting limit" : "";
            sentences.Add(
                $"{Count(month.Cash, "cash movement", "cash movements")} in 30 days, together {Format(month.CashSum)}{nearLimit}."
            );
        }

        if (activity.Inflow is { Amount: > 0 } inflow && inflow.At > file.At - AccountActivity.RecentWindow)
        {
            sentences.Add($"{Format(inflow.Amount)} came in within the hour; {Format(inflow.PassedOn)} of it left again.");
        }

        return string.Join(" ", sentences);

        string Format(long amount) => MoneyFormat.Format(new Money(amount, file.Account.Currency));
    }

    private static string Count(int count, string one, string many) =>
        $"{Number(count)}{(count >= AccountActivity.MaxParties && many == "customers" ? " or more" : "")} {(count == 1 ? one : many)}";

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
