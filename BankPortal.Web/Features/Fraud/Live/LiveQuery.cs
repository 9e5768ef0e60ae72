using BankPortal.Core.Fraud.Live;

namespace BankPortal.Web.Features.Fraud.Live;

/// <summary>
/// The filters of the live monitor as written in an address. Text that is no filter is kept and reported as an error of its
/// field, never as an exception.
/// </summary>
public sealed record LiveQuery
{
    public const string OutcomeName = "outcome";
    public const string MinName = "min";
    public const string RuleName = "rule";
    public const string AccountName = "account";

    private const int MaxOutcomes = 10;
    private const int MaxTextLength = 60;

    public ImmutableArray<string> Outcomes { get; init; } = [];

    public string? Min { get; init; }

    public string? Rule { get; init; }

    /// <summary>An account's number, or its id.</summary>
    public string? Account { get; init; }

    public bool IsNarrowed => !Outcomes.IsEmpty || Min is not null || Rule is not null || Account is not null;

    /// <summary>The filters of an address.</summary>
    public static LiveQuery Of(IEnumerable<string?>? outcomes, string? min, string? rule, string? account) => new()
    {
        Outcomes = QueryText.Distinct(outcomes, MaxOutcomes),
        Min = QueryText.OrNull(min),
        Rule = QueryText.OrNull(rule),
        Account = QueryText.OrNull(account),
    };

    /// <summary>An outcome in an address.</summary>
    public static string NameOf(RiskOutcome outcome) => outcome.ToString().ToLowerInvariant();

    /// <summary>The filter without the account, which has to be looked up; and the errors by field.</summary>
    public LiveFilter Read(out ImmutableDictionary<string, string> errors)
    {
        var wrong = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var outcomes = ImmutableArray.CreateBuilder<RiskOutcome>();
        foreach (var name in Outcomes)
        {
            if (QueryText.ParseName<RiskOutcome>(name) is { } outcome)
            {
                outcomes.Add(outcome);
            }
            else
            {
                wrong["outcome"] = "There is no such outcome.";
            }
        }

        var min = QueryText.ParseAmount(Min);
        if (Min is not null && min is null)
        {
            wrong["min"] = "Enter an amount without a sign.";
        }

        if (Rule is { Length: > MaxTextLength } || (Rule is not null && TextInput.Clean(Rule) != Rule))
        {
            wrong["rule"] = "There is no such rule.";
        }

        if (Account is { Length: > MaxTextLength })
        {
            wrong["account"] = "This is not an account number.";
        }

        errors = wrong.ToImmutable();
        return new LiveFilter { Outcomes = outcomes.ToImmutable(), MinAmount = min, RuleId = Rule };
    }

    /// <summary>An address with these filters.</summary>
    public string AddressOf(string path) => QueryText.Address(
        path,
        [
            .. Outcomes.Select(outcome => KeyValuePair.Create(OutcomeName, (string?)outcome)),
            new(MinName, Min), new(RuleName, Rule), new(AccountName, Account),
        ]);
}
