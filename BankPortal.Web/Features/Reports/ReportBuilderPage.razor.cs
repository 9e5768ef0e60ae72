using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Definitions;
using BankPortal.Core.Reports.Runs;
using BankPortal.Core.Reports.Saved;
using Microsoft.AspNetCore.Components.Routing;

namespace BankPortal.Web.Features.Reports;

/// <summary>Where managers and compliance officers put reports together. The whole definition is in the address.</summary>
public sealed partial class ReportBuilderPage
{
    private ReportDefinition _definition = new();
    private ImmutableArray<InvalidInputError> _errors = [];
    private ImmutableArray<ReportSubject> _subjects = [];
    private ReportResult? _result;
    private Error? _refusal;
    private Error? _startError;
    private SavedReport? _saved;
    private bool _reading;
    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required ReportService Reports { get; init; }

    [Inject] public required SavedReportService Saved { get; init; }

    [Inject] public required ReportRunService Runs { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    private string Title => _saved?.Title ?? "Build a report";

    private IEnumerable<ReportDimension> Filterable =>
        ReportVocabulary.DimensionsOf(_definition.Subject).Where(dimension => !ValuesOf(dimension).IsEmpty);

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Navigation.LocationChanged += OnLocationChanged;
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        _subjects = ReportRules.SubjectsFor(actor);
        var (definition, unreadable) = ReportAddress.Read(new Uri(Navigation.Uri).Query);
        _definition = definition;
        _startError = null;
        await FindSavedAsync(actor, ct);
        _errors = [.. unreadable, .. Reports.Check(actor, definition)];
        if (!_errors.IsEmpty)
        {
            (_result, _refusal) = (null, null);
            return;
        }

        _reading = true;
        try
        {
            var read = await Reports.ReadAsync(actor, definition, ct);
            if (definition == _definition)
            {
                (_result, _refusal) = (read.IsSuccess ? read.Value : null, read.Error);
            }
        }
        finally
        {
            _reading = false;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Navigation.LocationChanged -= OnLocationChanged;
        }

        base.Dispose(disposing);
    }

    private static string? Pressed(bool isPressed) => isPressed ? "true" : "false";

    private static string DayText(DateOnly? day) => day is { } known ? QueryText.Format(known) : "";

    // A select has no value in the first response.
    private string? Chosen(string value) => RendererInfo.IsInteractive ? value : null;

    private string Export(string format) => $"{BankRoutes.Reports}/export.{format}?{ReportAddress.Write(_definition)}";

    private string? ErrorOf(string field) => _errors.FirstOrDefault(error => error.FieldName == field)?.Message;

    private RenderFragment? Errors(string field) => ErrorOf(field) is not { } error ? null : builder =>
    {
        builder.OpenElement(0, "p");
        builder.AddAttribute(1, "class", "field-error");
        builder.AddAttribute(2, "role", "alert");
        builder.AddContent(3, error);
        builder.CloseElement();
    };

    private ImmutableArray<string> ValuesOf(ReportDimension dimension) =>
        dimension == ReportDimension.Hour ? [] : ReportVocabulary.ValuesOf(_definition.Subject, dimension);

    private bool IsFiltered(ReportDimension dimension, string value) =>
        _definition.Filters.TryGetValue(dimension, out var values) && values.Contains(value);

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath == BankRoutes.BuildReport)
        {
            _ = InvokeAsync(() => ReloadAsync(quietly: true));
        }
    }

    private void Go(ReportDefinition definition)
    {
        _definition = definition;
        Navigation.NavigateTo(ReportText.Build(definition) + (_saved is { } saved ? "&saved=" + saved.Id : ""));
    }

    // Somebody who changes a saved report of their own says so in the address.
    private async Task FindSavedAsync(Actor actor, CancellationToken ct)
    {
        var id = new Uri(Navigation.Uri).Query.Split('&').FirstOrDefault(pair => pair.StartsWith("saved=", StringComparison.Ordinal))?[6..];
        if (id == _saved?.Id)
        {
            return;
        }

        _saved = id is not null && await Saved.FindAsync(actor, id, ct) is { IsSuccess: true } found && found.Value.OwnerId == actor.UserId
            ? found.Value
            : null;
    }

    private async Task StartAsync() => _startError = await RunOnceAsync(
        async () => await Runs.StartAsync(
            await Actors.GetAsync(Gone),
            _definition,
            ReportText.RunKey(_definition, Clock.GetUtcNow()),
            ReportText.Sentence(_definition),
            Gone),
        run => Navigation.NavigateTo(BankRoutes.ReportRun(run.Id)));

    // What the other subject does not have is taken out: nobody chose it for that subject.
    private void ChooseSubject(ChangeEventArgs e)
    {
        if (ReportVocabulary.Parse<ReportSubject>(e.Value as string) is not { } subject)
        {
            return;
        }

        var measures = _definition.Measures.Where(measure => ReportVocabulary.MeasureProblem(subject, measure) is null).ToImmutableArray();
        var all = ReportVocabulary.AllOf(subject);
        Go(_definition with
        {
            Subject = subject,
            Measures = measures.IsEmpty ? [ReportMeasure.Count] : measures,
            By = [.. _definition.By.Where(by => all.Contains(by))],
            Pivot = _definition.Pivot is { } pivot && all.Contains(pivot) ? pivot : null,
            Filters = _definition.Filters.RemoveRange(_definition.Filters
                .Where(filter => !all.Contains(filter.Key)
                    || !filter.Value.Except(ReportVocabulary.ValuesOf(subject, filter.Key)).IsEmpty)
                .Select(filter => filter.Key)),
        });
    }

    private void Toggle(ReportMeasure measure) => Go(_definition with
    {
        Measures = _definition.Measures.Contains(measure) ? _definition.Measures.Remove(measure) : _definition.Measures.Add(measure),
    });

    private void ChooseBy(int place, ChangeEventArgs e)
    {
        var chosen = ReportVocabulary.Parse<ReportDimension>(e.Value as string);
        var by = place < _definition.By.Length ? _definition.By.RemoveAt(place) : _definition.By;
        Go(_definition with { By = chosen is { } dimension ? by.Insert(Math.Min(place, by.Length), dimension) : by });
    }

    private void ChoosePivot(ChangeEventArgs e) =>
        Go(_definition with { Pivot = ReportVocabulary.Parse<ReportDimension>(e.Value as string) });

    private void ChoosePeriod(ChangeEventArgs e)
    {
        var name = e.Value as string ?? "";
        if (name != ReportPeriod.Custom)
        {
            Go(_definition with { Period = new ReportPeriod(name) });
            return;
        }

        var (from, to) = _definition.Period.Resolve(Reports.Today);
        Go(_definition with { Period = ReportPeriod.Between(from, to) });
    }

    private void ChooseDay(ChangeEventArgs e, bool isFrom)
    {
        var day = QueryText.ParseDay(e.Value as string);
        Go(_definition with
        {
            Period = isFrom ? _definition.Period with { From = day } : _definition.Period with { To = day },
        });
    }

    private void ChooseComparison(ChangeEventArgs e) => Go(_definition with
    {
        Comparison = ReportVocabulary.Parse<ReportComparison>(e.Value as string) ?? ReportComparison.None,
    });

    private void ChooseCurrency(ChangeEventArgs e)
    {
        if (Currency.TryParse(e.Value as string, out var currency))
        {
            Go(_definition with { Currency = currency });
        }
    }

    private void ToggleFilter(ReportDimension dimension, string value)
    {
        var values = _definition.Filters.GetValueOrDefault(dimension) ?? [];
        var without = values.Remove(value);
        Go(_definition.Where(dimension, without.Count < values.Count ? without : values.Add(value)));
    }
}
