using System.Linq.Expressions;
using Microsoft.AspNetCore.Components.Forms;

namespace BankPortal.Web.Components.Controls;

public sealed partial class FormField : IDisposable
{
    private static int _lastId;

    private readonly string _ownId =
        "field-" + Interlocked.Increment(ref _lastId).ToString(System.Globalization.CultureInfo.InvariantCulture);
    private EditContext? _followed;

    [CascadingParameter] private EditContext? EditContext { get; set; }

    /// <summary>The name of the field.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>One sentence of help, read together with the field.</summary>
    [Parameter] public string? Hint { get; set; }

    /// <summary>Help with markup in it.</summary>
    [Parameter] public RenderFragment? HintContent { get; set; }

    /// <summary>The error of the value; null when there is none.</summary>
    [Parameter] public string? Error { get; set; }

    /// <summary>The property, inside an EditForm: its validation messages are shown.</summary>
    [Parameter] public Expression<Func<object?>>? For { get; set; }

    /// <summary>Marks the field as one that may be left empty.</summary>
    [Parameter] public bool Optional { get; set; }

    /// <summary>The id of the input; one is made if none is given.</summary>
    [Parameter] public string? Id { get; set; }

    [Parameter] public string? Class { get; set; }

    /// <summary>The input; splat the context's Attributes on it.</summary>
    [Parameter, EditorRequired] public RenderFragment<FieldContext> ChildContent { get; set; } = default!;

    private string InputId => Id ?? _ownId;

    private string HintId => InputId + "-hint";

    private string ErrorId => InputId + "-error";

    private IReadOnlyList<string> Messages { get; set; } = [];

    private bool IsInvalid => Messages.Count > 0;

    private string? DescribedBy
    {
        get
        {
            var hint = Hint is not null || HintContent is not null ? HintId : null;
            var error = IsInvalid ? ErrorId : null;
            return hint is not null && error is not null ? error + " " + hint : error ?? hint;
        }
    }

    public void Dispose() => Follow(null);

    protected override void OnParametersSet()
    {
        Follow(For is null ? null : EditContext);
        Collect();
    }

    private void Follow(EditContext? context)
    {
        if (ReferenceEquals(context, _followed))
        {
            return;
        }

        if (_followed is not null)
        {
            _followed.OnValidationStateChanged -= OnValidationStateChanged;
        }

        if (context is not null)
        {
            context.OnValidationStateChanged += OnValidationStateChanged;
        }

        _followed = context;
    }

    private void OnValidationStateChanged(object? sender, ValidationStateChangedEventArgs e)
    {
        Collect();
        StateHasChanged();
    }

    private void Collect()
    {
        var messages = new List<string>();
        if (!string.IsNullOrEmpty(Error))
        {
            messages.Add(Error);
        }

        if (For is not null && EditContext is not null)
        {
            messages.AddRange(EditContext.GetValidationMessages(FieldIdentifier.Create(For)).Distinct(StringComparer.Ordinal));
        }

        Messages = messages;
    }
}
