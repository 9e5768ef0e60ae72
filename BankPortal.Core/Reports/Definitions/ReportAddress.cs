using System.Text;

namespace BankPortal.Core.Reports.Definitions;

/// <summary>
/// Writes a definition as the query of an address and reads it back. The text is canonical: equal definitions have the same text,
/// whatever the order of what was read. Pure.
/// </summary>
public static class ReportAddress
{
    private const string Days = "yyyy-MM-dd";

    /// <summary>Writes the definition, without a question mark.</summary>
    public static string Write(ReportDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var text = new StringBuilder("subject=").Append(ReportVocabulary.Key(definition.Subject));
        Add("measure", string.Join(',', definition.Measures.Select(ReportVocabulary.Key)));
        Add("by", string.Join(',', definition.By.Select(ReportVocabulary.Key)));
        Add("pivot", definition.Pivot is { } pivot ? ReportVocabulary.Key(pivot) : "");
        Add("period", definition.Period.Name);
        Add("from", definition.Period.From?.ToString(Days, CultureInfo.InvariantCulture) ?? "");
        Add("to", definition.Period.To?.ToString(Days, CultureInfo.InvariantCulture) ?? "");
        Add("compare", definition.Comparison == ReportComparison.None ? "" : ReportVocabulary.Key(definition.Comparison));
        Add("currency", definition.Currency == Currency.Usd ? "" : definition.Currency.Code);
        foreach (var (dimension, values) in definition.Filters)
        {
            Add(ReportVocabulary.Key(dimension), string.Join(',', values.Select(Uri.EscapeDataString)));
        }

        return text.ToString();

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                text.Append('&').Append(name).Append('=').Append(value);
            }
        }
    }

    /// <summary>
    /// Reads a definition. What cannot be read is left out and named in the errors, next to the field it is about; what can be read is
    /// checked by <see cref="ReportRules.Check"/>, not here.
    /// </summary>
    /// <param name="query">The query, with or without a question mark.</param>
    public static (ReportDefinition Definition, ImmutableArray<InvalidInputError> Errors) Read(string? query)
    {
        var errors = ImmutableArray.CreateBuilder<InvalidInputError>();
        var definition = new ReportDefinition();
        var (period, from, to) = ((string?)null, (DateOnly?)null, (DateOnly?)null);
        foreach (var pair in (query ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 0)
            {
                continue;
            }

            // Commas divide values, so they are looked for before the values are decoded: a value may have one of its own.
            var name = Decode(pair[..at]);
            var raw = pair[(at + 1)..];
            var value = Decode(raw);
            switch (name)
            {
                case "subject":
                    definition = Known<ReportSubject>(name, value) is { } subject ? definition with { Subject = subject } : definition;
                    break;
                case "measure":
                    definition = definition with { Measures = List<ReportMeasure>(name, value) };
                    break;
                case "by":
                    definition = definition with { By = List<ReportDimension>(name, value) };
                    break;
                case "pivot" when value.Length > 0:
                    definition = definition with { Pivot = Known<ReportDimension>(name, value) };
                    break;
                case "period" when value.Length > 0:
                    period = value;
                    break;
                case "from" when value.Length > 0:
                    from = DayOf(name, value);
                    break;
                case "to" when value.Length > 0:
                    to = DayOf(name, value);
                    break;
                case "compare" when value.Length > 0:
                    definition = Known<ReportComparison>(name, value) is { } comparison
                        ? definition with { Comparison = comparison }
                        : definition;
                    break;
                case "currency" when value.Length > 0:
                    if (Currency.TryParse(value, out var currency))
                    {
                        definition = definition with { Currency = currency };
                    }
                    else
                    {
                        errors.Add(new InvalidInputError(name, "The bank does not have this currency."));
                    }

                    break;
                default:
                    if (ReportVocabulary.Parse<ReportDimension>(name) is { } dimension && raw.Length > 0)
                    {
                        definition = definition.Where(
                            dimension, raw.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Decode));
                    }

                    break;
            }
        }

        definition = definition with { Period = PeriodOf(period, from, to) };
        return (definition, errors.ToImmutable());

        ReportPeriod PeriodOf(string? name, DateOnly? first, DateOnly? last)
        {
            if (name is null or ReportPeriod.Custom)
            {
                return first is null && last is null && name is null
                    ? new ReportDefinition().Period
                    : new ReportPeriod(ReportPeriod.Custom, first, last);
            }

            if (ReportPeriod.Moving.Any(moving => moving.Name == name))
            {
                return new ReportPeriod(name);
            }

            errors.Add(new InvalidInputError("period", "There is no such period. Choose one of the list."));
            return new ReportDefinition().Period;
        }

        T? Known<T>(string name, string value)
            where T : struct, Enum
        {
            var found = ReportVocabulary.Parse<T>(value);
            if (found is null)
            {
                errors.Add(new InvalidInputError(name, $"“{Shown(value)}” is not one of the choices."));
            }

            return found;
        }

        ImmutableArray<T> List<T>(string name, string value)
            where T : struct, Enum =>
            [.. value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(one => Known<T>(name, one)).OfType<T>()];

        DateOnly? DayOf(string name, string value)
        {
            if (DateOnly.TryParseExact(value, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            errors.Add(new InvalidInputError(name, "Give the day as 2026-01-31."));
            return null;
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string Shown(string value) => value.Length > 40 ? value[..40] + "…" : value;
}
