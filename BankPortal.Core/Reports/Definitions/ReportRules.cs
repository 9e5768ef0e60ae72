namespace BankPortal.Core.Reports.Definitions;

/// <summary>Says what is contradictory in a definition, next to the field it is about, and what a reader may ask for. Pure.</summary>
public static class ReportRules
{
    // The most intervals of a break-down by day or week: more are neither read nor drawn.
    private const int MostDays = 400;

    /// <summary>Whether the person may use reports at all.</summary>
    public static bool MayRead(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Is(BankRoles.Manager) || actor.Is(BankRoles.Compliance);
    }

    /// <summary>Whether the person may ask about a subject: sign-ins are for compliance.</summary>
    public static bool MayRead(Actor actor, ReportSubject subject) =>
        MayRead(actor) && (subject != ReportSubject.SignIns || actor.Is(BankRoles.Compliance));

    /// <summary>Whether the person sees names and account numbers behind figures. Managers see references and masked numbers.</summary>
    public static bool MaySeePeople(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Is(BankRoles.Compliance);
    }

    /// <summary>The subjects the person may ask about.</summary>
    public static ImmutableArray<ReportSubject> SubjectsFor(Actor actor) =>
        [.. Enum.GetValues<ReportSubject>().Where(subject => MayRead(actor, subject))];

    /// <summary>Finds contradictions.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="today">The bank's day.</param>
    public static ImmutableArray<InvalidInputError> Check(ReportDefinition definition, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var errors = ImmutableArray.CreateBuilder<InvalidInputError>();
        CheckMeasures(definition, errors);
        CheckGroups(definition, errors);
        CheckPeriod(definition, today, errors);
        foreach (var (dimension, values) in definition.Filters)
        {
            var name = ReportVocabulary.Key(dimension);
            var known = ReportVocabulary.ValuesOf(definition.Subject, dimension);
            if (ReportVocabulary.IsTime(dimension))
            {
                errors.Add(new InvalidInputError(name, "Choose days by the period, not by a filter."));
            }
            else if (ReportVocabulary.DimensionProblem(definition.Subject, dimension) is { } problem)
            {
                errors.Add(new InvalidInputError(name, problem.Replace("broken down", "filtered", StringComparison.Ordinal)));
            }
            else if (!known.IsEmpty && values.FirstOrDefault(value => !known.Contains(value, StringComparer.Ordinal)) is { } unknown)
            {
                var shown = unknown.Length > 40 ? unknown[..40] + "…" : unknown;
                errors.Add(new InvalidInputError(name, $"“{shown}” is not a value of {ReportVocabulary.Title(dimension).ToLowerInvariant()}."));
            }
        }

        return errors.ToImmutable();
    }

    private static void CheckMeasures(ReportDefinition definition, ImmutableArray<InvalidInputError>.Builder errors)
    {
        if (definition.Measures.IsDefaultOrEmpty)
        {
            errors.Add(new InvalidInputError("measure", "Choose at least one measure."));
        }

        foreach (var measure in definition.Measures)
        {
            if (ReportVocabulary.MeasureProblem(definition.Subject, measure) is { } problem)
            {
                errors.Add(new InvalidInputError("measure", problem));
            }
        }

        if (definition.Measures.Distinct().Count() < definition.Measures.Length)
        {
            errors.Add(new InvalidInputError("measure", "A measure is chosen twice."));
        }

        if (definition.Measures.Contains(ReportMeasure.Growth)
            && definition.Comparison == ReportComparison.None
            && !definition.By.Any(ReportVocabulary.IsTime))
        {
            errors.Add(new InvalidInputError(
                "measure", "Growth needs something to grow from: break down by day, week, month or quarter, or choose a comparison."));
        }

        if (definition.Measures.Contains(ReportMeasure.Share) && definition.Groups.IsEmpty)
        {
            errors.Add(new InvalidInputError("measure", "A share of the whole needs a break-down."));
        }
    }

    private static void CheckGroups(ReportDefinition definition, ImmutableArray<InvalidInputError>.Builder errors)
    {
        if (definition.By.Length > ReportDefinition.MostBreakDowns)
        {
            errors.Add(new InvalidInputError("by", "Choose at most two break-downs, and a third one as columns."));
        }

        if (definition.By.Distinct().Count() < definition.By.Length)
        {
            errors.Add(new InvalidInputError("by", "A break-down is chosen twice."));
        }

        if (definition.Pivot is { } pivot && definition.By.Contains(pivot))
        {
            errors.Add(new InvalidInputError("pivot", "The columns are a break-down of the rows already. Choose another one."));
        }

        foreach (var (field, dimension) in definition.By.Select(by => ("by", by))
            .Concat(definition.Pivot is { } column ? [("pivot", column)] : []))
        {
            if (ReportVocabulary.DimensionProblem(definition.Subject, dimension) is { } problem)
            {
                errors.Add(new InvalidInputError(field, problem));
            }
        }

        if (definition.Groups.Count(ReportVocabulary.IsTime) > 1)
        {
            errors.Add(new InvalidInputError(
                definition.Pivot is { } time && ReportVocabulary.IsTime(time) ? "pivot" : "by",
                "Days, weeks, months and quarters contain each other. Choose one of them."));
        }

        var all = definition.Groups.Concat(definition.Filters.Keys).ToHashSet();
        if (all.Contains(ReportDimension.Rank) && all.Overlaps([ReportDimension.AccountType, ReportDimension.Cohort, ReportDimension.Band]))
        {
            errors.Add(new InvalidInputError("by", "The largest depositors are counted over all accounts: leave out other break-downs."));
        }

        if (all.Contains(ReportDimension.Step) && all.Overlaps([ReportDimension.Status]))
        {
            errors.Add(new InvalidInputError("by", "Steps and standing are two ways to count the same customers. Choose one of them."));
        }
    }

    private static void CheckPeriod(
        ReportDefinition definition, DateOnly today, ImmutableArray<InvalidInputError>.Builder errors)
    {
        var period = definition.Period;
        if (period.Name == ReportPeriod.Custom)
        {
            if (period.From is null || period.To is null)
            {
                errors.Add(new InvalidInputError(period.From is null ? "from" : "to", "Give the first and the last day."));
                return;
            }

            if (period.From.Value.Year < 1990)
            {
                errors.Add(new InvalidInputError("from", "The bank's records begin later."));
                return;
            }
        }

        var (from, to) = period.Resolve(today);
        if (to < from)
        {
            errors.Add(new InvalidInputError("to", "The last day is before the first."));
        }
        else if (from > today)
        {
            errors.Add(new InvalidInputError("from", "The period has not begun yet."));
        }
        else if (to.DayNumber - from.DayNumber >= ReportPeriod.MostDays)
        {
            errors.Add(new InvalidInputError("to", "A report covers at most ten years."));
        }
        else if (definition.Groups.Contains(ReportDimension.Day) && to.DayNumber - from.DayNumber >= MostDays)
        {
            errors.Add(new InvalidInputError("by", "More than 400 days are too many to show one by one. Choose weeks or months."));
        }
    }
}
