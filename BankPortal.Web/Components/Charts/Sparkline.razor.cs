namespace BankPortal.Web.Components.Charts;

public sealed partial class Sparkline
{
    private const decimal Width = 120;
    private const decimal Height = 36;
    private const decimal Margin = 3;

    /// <summary>The figures, the oldest first. Fewer than two draw nothing.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<decimal> Values { get; set; } = [];

    /// <summary>What the line shows, as a sentence for people who do not see it.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    // The corners of the line; null where there is none.
    private string? Points
    {
        get
        {
            if (Values.Count < 2)
            {
                return null;
            }

            var (least, most) = (Values.Min(), Values.Max());
            var span = most - least;
            return string.Join(' ', Values.Select((value, i) => string.Create(
                CultureInfo.InvariantCulture,
                $"{Width * i / (Values.Count - 1):0.#},{(span == 0 ? Height / 2 : Height - Margin - ((Height - (2 * Margin)) * (value - least) / span)):0.#}")));
        }
    }
}
