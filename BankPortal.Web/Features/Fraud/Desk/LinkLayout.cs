using BankPortal.Core.Fraud.Desk;

namespace BankPortal.Web.Features.Fraud.Desk;

/// <summary>
/// The positions of the people and links of a graph. The same graph always gives the same picture: money flows from left to
/// right in the wide one, in columns; the narrow one is a list, each person below the one they are linked through.
/// </summary>
internal sealed class LinkLayout
{
    /// <summary>The height of a person's box.</summary>
    public const int BoxHeight = 40;

    private LinkLayout(bool isWide, int width, int height, int boxWidth, IReadOnlyDictionary<string, (int X, int Y)> places)
    {
        IsWide = isWide;
        Width = width;
        Height = height;
        BoxWidth = boxWidth;
        Places = places;
    }

    /// <summary>Whether this is the picture in columns.</summary>
    public bool IsWide { get; }

    /// <summary>The picture's width.</summary>
    public int Width { get; }

    /// <summary>The picture's height.</summary>
    public int Height { get; }

    /// <summary>The width of a person's box.</summary>
    public int BoxWidth { get; }

    /// <summary>The upper left corner of each person's box.</summary>
    public IReadOnlyDictionary<string, (int X, int Y)> Places { get; }

    /// <summary>In columns: those money comes from on the left, those it goes to on the right.</summary>
    public static LinkLayout Wide(LinkGraph graph)
    {
        const int boxWidth = 146;
        const int gap = 104;
        const int row = 66;
        const int margin = 4;
        const int above = 18;
        var sides = graph.People.Select(person => person.Side).Distinct().Order().ToList();
        var tallest = graph.People.GroupBy(person => person.Side).Max(column => column.Count());
        var height = (tallest * row) - (row - BoxHeight) + (2 * above);
        var places = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        for (var column = 0; column < sides.Count; column++)
        {
            // Further people stand in the order of those they are linked through, so that fewer lines cross.
            var people = graph.People
                .Where(person => person.Side == sides[column])
                .OrderBy(person => person.Via is null ? 0 : Index(graph, person.Via))
                .ToList();
            var top = (height - ((people.Count * row) - (row - BoxHeight))) / 2;
            for (var i = 0; i < people.Count; i++)
            {
                places[people[i].Id] = (margin + (column * (boxWidth + gap)), top + (i * row));
            }
        }

        return new LinkLayout(true, (sides.Count * (boxWidth + gap)) - gap + (2 * margin), height, boxWidth, places);
    }

    /// <summary>A list for narrow screens.</summary>
    public static LinkLayout Narrow(LinkGraph graph)
    {
        const int width = 320;
        const int boxWidth = 200;
        const int indent = 34;
        const int row = 62;
        const int margin = 4;
        var order = new List<GraphPerson> { graph.People[0] };
        foreach (var person in graph.People.Where(person => person.Distance == 1))
        {
            order.Add(person);
            order.AddRange(graph.People.Where(other => other.Via == person.Id));
        }

        var places = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        for (var i = 0; i < order.Count; i++)
        {
            places[order[i].Id] = (margin + (order[i].Distance * indent), margin + (i * row));
        }

        return new LinkLayout(false, width, (order.Count * row) - (row - BoxHeight) + (2 * margin), boxWidth, places);
    }

    /// <summary>The line of a link as an SVG path, and where its label is.</summary>
    public (string Path, double X, double Y, string Anchor) Line(GraphLink link, bool hasBack)
    {
        var (x1, y1) = Places[link.From];
        var (x2, y2) = Places[link.To];
        return IsWide ? Across(x1, y1, x2, y2, hasBack) : Down(x1, y1, x2, y2, hasBack);
    }

    /// <summary>
    /// Where the label of a link is in the wide picture: at the box of the person further out, where no other line is,
    /// one below the other when there are several.
    /// </summary>
    public (double X, double Y, string Anchor)? LabelBeside(string far, string near, int slot)
    {
        var (x, y) = Places[far];
        var nearX = Places[near].X;
        if (!IsWide || x == nearX)
        {
            return null;
        }

        var textY = y + (BoxHeight / 2) + (slot == 0 ? -6 : 4 + (slot * 12));
        return x > nearX ? (x - 9, textY, "end") : (x + BoxWidth + 9, textY, "start");
    }

    private static int Index(LinkGraph graph, string id)
    {
        for (var i = 0; i < graph.People.Length; i++)
        {
            if (graph.People[i].Id == id)
            {
                return i;
            }
        }

        return 0;
    }

    private (string Path, double X, double Y, string Anchor) Across(int x1, int y1, int x2, int y2, bool hasBack)
    {
        // A link against the stream runs a little lower, so that two opposite ones do not cover each other.
        var shift = hasBack ? (x1 <= x2 ? -9 : 9) : 0;
        double startY = y1 + (BoxHeight / 2) + shift;
        double endY = y2 + (BoxHeight / 2) + shift;
        if (x1 == x2)
        {
            // Within a column, around its right side.
            double side = x1 + BoxWidth;
            return (
                Text($"M{side} {startY} C{side + 46} {startY} {side + 46} {endY} {side + 5} {endY}"),
                side + 38,
                (startY + endY) / 2,
                "middle"
            );
        }

        double startX = x1 < x2 ? x1 + BoxWidth : x1;
        double endX = x1 < x2 ? x2 - 5 : x2 + BoxWidth + 5;
        var middle = (startX + endX) / 2;
        return (Text($"M{startX} {startY} C{middle} {startY} {middle} {endY} {endX} {endY}"), middle, ((startY + endY) / 2) - 5, "middle");
    }

    private static (string Path, double X, double Y, string Anchor) Down(int x1, int y1, int x2, int y2, bool hasBack)
    {
        // From or to the box above along the left edge; the label stands above the lower box.
        var shift = hasBack ? (y1 < y2 ? -7 : 7) : 0;
        double startX = x1;
        double endX = x2;
        var isDown = y1 < y2;
        var (upperX, upperY) = isDown ? (x1, y1) : (x2, y2);
        var (lowerX, lowerY) = isDown ? (x2, y2) : (x1, y1);
        double spine = Math.Min(upperX, lowerX) + 15 + shift;
        double labelX = lowerX + 20;
        double labelY = lowerY - 7;
        if (upperX >= lowerX)
        {
            // Between two at the same depth: around the left side.
            double left = Math.Max(2, Math.Min(startX, endX) - 12);
            double fromY = y1 + (BoxHeight / 2);
            double toY = y2 + (BoxHeight / 2);
            return (Text($"M{startX} {fromY} C{left} {fromY} {left} {toY} {endX - 2} {toY}"), labelX, labelY, "start");
        }

        double top = upperY + BoxHeight;
        double bend = lowerY + (BoxHeight / 2) + shift;
        return isDown
            ? (Text($"M{spine} {top} V{bend} H{lowerX - 5}"), labelX, labelY, "start")
            : (Text($"M{lowerX} {bend} H{spine} V{top + 5}"), labelX, labelY, "start");
    }

    private static string Text(FormattableString path) => FormattableString.Invariant(path);
}
