namespace BankPortal.Tests.Components;

/// <summary>Text can be read in both themes: contrast by WCAG 2.2, computed from the tokens themselves.</summary>
[UnitTest]
public sealed partial class TokensTests
{
    private static readonly Dictionary<string, (string Light, string Dark)> Tokens = Read();

    private static readonly string[] Grounds = ["page", "surface", "surface-soft", "surface-hover", "surface-raised"];

    [Fact]
    public void Text_OnEveryGround_HasContrastOfAtLeastFourAndAHalf()
    {
        var pairs = new[] { "ink", "ink-2", "ink-3", "link", "positive", "negative" }
            .SelectMany(ink => Grounds.Select(ground => (ink, ground)))
            .Concat([
                ("on-brand", "brand"),
                ("on-brand", "brand-hover"),
                ("brand-ink", "brand-soft"),
                ("on-negative", "negative-solid"),
                ("positive", "positive-soft"),
                ("negative", "negative-soft"),
                ("attention", "attention-soft"),
                ("information", "information-soft"),
                ("ink", "positive-soft"),
                ("ink", "negative-soft"),
                ("ink", "attention-soft"),
                ("ink", "information-soft"),
                ("ink-2", "negative-soft"),
            ]);

        AssertContrast(pairs, 4.5);
    }

    [Fact]
    public void BordersFocusAndCharts_OnEveryGround_HaveContrastOfAtLeastThree()
    {
        var pairs = new[] { "line-input", "focus", "brand", "chart-1", "chart-2", "chart-3", "chart-4", "chart-5" }
            .SelectMany(ink => new[] { "page", "surface", "surface-raised" }.Select(ground => (ink, ground)));

        AssertContrast(pairs, 3);
    }

    private static void AssertContrast(IEnumerable<(string Ink, string Ground)> pairs, double least)
    {
        var weak = new List<string>();
        foreach (var (ink, ground) in pairs)
        {
            Check("light", Tokens[ink].Light, Tokens[ground].Light);
            Check("dark", Tokens[ink].Dark, Tokens[ground].Dark);

            void Check(string theme, string one, string other)
            {
                var contrast = Contrast(one, other);
                if (contrast < least)
                {
                    weak.Add(string.Create(CultureInfo.InvariantCulture, $"{theme}: --{ink} on --{ground} has {contrast:F2}"));
                }
            }
        }

        Assert.Empty(weak);
    }

    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Luminance(one), Luminance(other));
        return (Math.Max(light, dark) + 0.05) / (Math.Min(light, dark) + 0.05);
    }

    private static double Luminance(string colour)
    {
        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));

        double Channel(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }

    private static Dictionary<string, (string Light, string Dark)> Read()
    {
        var css = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "BankPortal.Web", "wwwroot", "css", "tokens.css"));
        return Token().Matches(css).ToDictionary(
            match => match.Groups["name"].Value,
            match => (match.Groups["light"].Value, match.Groups["dark"].Value),
            StringComparer.Ordinal);
    }

    [GeneratedRegex(
        "--(?<name>[a-z0-9-]+): light-dark\\((?<light>#[0-9a-f]{6}), (?<dark>#[0-9a-f]{6})\\);",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Token();
}
