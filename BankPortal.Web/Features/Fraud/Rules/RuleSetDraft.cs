namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>A rule set while it is being edited: everything as typed, checked as a whole.</summary>
public sealed class RuleSetDraft
{
    private Dictionary<string, string> _errors = new(StringComparer.Ordinal);

    public string Alert { get; set; } = "";

    public string Hold { get; set; } = "";

    public string Block { get; set; } = "";

    public List<RuleDraft> Rules { get; init; } = [];

    /// <summary>The number of errors in it.</summary>
    public int ErrorCount => _errors.Count + Rules.Sum(rule => rule.ErrorCount);

    /// <summary>A rule set to be edited.</summary>
    public static RuleSetDraft Of(RuleSet set) => new()
    {
        Alert = Text(set.Thresholds.Alert),
        Hold = Text(set.Thresholds.Hold),
        Block = Text(set.Thresholds.Block),
        Rules = [.. set.Rules.Select(RuleDraft.Of)],
    };

    /// <summary>The error of the set as a whole: <c>thresholds</c>, <c>rules</c>.</summary>
    public string? ErrorOf(string field) => _errors.GetValueOrDefault(field);

    /// <summary>The rule set as far as it can be read; checks everything on the way.</summary>
    public RuleSet Read(int version)
    {
        var areNumbers = int.TryParse(Alert.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var alert)
            & int.TryParse(Hold.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var hold)
            & int.TryParse(Block.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var block);
        var set = new RuleSet(version, [.. Rules.Select(rule => rule.Read())], new RiskThresholds(alert, hold, block));
        Take(RuleSetValidator.Find(set));
        if (!areNumbers)
        {
            _errors["thresholds"] = "Enter three whole numbers.";
        }

        return set;
    }

    /// <summary>Takes the errors that the server found.</summary>
    public void Take(ImmutableArray<RuleValidationError> errors)
    {
        _errors = errors.Where(error => error.RuleId is null)
            .GroupBy(error => error.Field, StringComparer.Ordinal)
            .ToDictionary(field => field.Key, field => field.First().Message, StringComparer.Ordinal);
        foreach (var rule in Rules)
        {
            rule.Take(errors.Where(error => error.RuleId == rule.Id.Trim()));
        }
    }

    /// <summary>An id for a rule of that name which no other rule has.</summary>
    public string IdFor(string name, RuleDraft rule)
    {
        var text = new string([
            .. name.Normalize(System.Text.NormalizationForm.FormD)
                .ToLowerInvariant()
                .Where(c => char.IsAscii(c))
                .Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'),
        ]);
        var id = string.Join('-', text.Split('-', StringSplitOptions.RemoveEmptyEntries))
            .TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-');
        id =
            id.Length < 2 ? "rule"
            : id.Length > 36 ? id[..36].TrimEnd('-')
            : id;
        var free = id;
        for (var i = 2; Rules.Exists(other => other != rule && other.Id == free); i++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{id}-{i}");
        }

        return free;
    }

    /// <summary>An independent copy.</summary>
    public RuleSetDraft Copy() => new() { Alert = Alert, Hold = Hold, Block = Block, Rules = [.. Rules.Select(rule => rule.Copy())] };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
