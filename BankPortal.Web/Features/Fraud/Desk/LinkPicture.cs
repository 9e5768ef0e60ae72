using BankPortal.Core.Fraud.Desk;
using BankPortal.Web.Components.Transactions;
using Microsoft.AspNetCore.Components.Rendering;

namespace BankPortal.Web.Features.Fraud.Desk;

/// <summary>Draws a graph of who paid whom as SVG. People are links; everything in it is also in the table behind it.</summary>
public sealed class LinkPicture : ComponentBase
{
    // The approximate width of a letter.
    private const double LetterWidth = 8.6;

    /// <summary>The graph.</summary>
    [Parameter, EditorRequired] public LinkGraph Graph { get; set; } = default!;

    /// <summary>Whether to draw columns; otherwise a list for narrow screens.</summary>
    [Parameter] public bool Wide { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var layout = Wide ? LinkLayout.Wide(Graph) : LinkLayout.Narrow(Graph);
        var arrow = Wide ? "arrow-wide" : "arrow-narrow";
        builder.OpenElement(0, "svg");
        builder.AddAttribute(1, "class", Wide ? "links-wide" : "links-narrow");
        builder.AddAttribute(2, "viewBox", $"0 0 {Number(layout.Width)} {Number(layout.Height)}");
        builder.AddAttribute(3, "width", Number(layout.Width));
        builder.AddAttribute(4, "height", Number(layout.Height));
        builder.AddAttribute(5, "role", "group");
        builder.AddAttribute(6, "aria-label", "Who paid whom, as a picture; the table below shows the same");
        builder.AddMarkupContent(
            7,
            $"<defs><marker id=\"{arrow}\" viewBox=\"0 0 8 8\" refX=\"4\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\"><path class=\"links-head\" d=\"M0 0 8 4 0 8z\"/></marker></defs>"
        );
        builder.OpenRegion(8);
        foreach (var link in Graph.Links)
        {
            DrawLine(builder, layout, link, arrow);
        }

        builder.CloseRegion();
        builder.OpenRegion(9);
        foreach (var person in Graph.People)
        {
            DrawPerson(builder, layout, person);
        }

        builder.CloseRegion();
        builder.OpenRegion(10);
        var slots = new Dictionary<(string, bool), int>();
        foreach (var group in Graph.Links.GroupBy(Pair))
        {
            DrawLabel(builder, layout, [.. group], slots);
        }

        builder.CloseRegion();
        builder.CloseElement();
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Short(string text, int width)
    {
        var most = (int)(width / LetterWidth);
        return text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1).TrimEnd(), "…");
    }

    private static (string, string) Pair(GraphLink link) =>
        string.CompareOrdinal(link.From, link.To) < 0 ? (link.From, link.To) : (link.To, link.From);

    private bool HasBack(GraphLink link) => Graph.Links.Any(other => other.From == link.To && other.To == link.From);

    private void DrawLine(RenderTreeBuilder builder, LinkLayout layout, GraphLink link, string arrow)
    {
        builder.OpenElement(0, "path");
        builder.SetKey((link.From, link.To, link.Sum.Currency));
        builder.AddAttribute(1, "class", "links-line");
        builder.AddAttribute(2, "d", layout.Line(link, HasBack(link)).Path);
        builder.AddAttribute(3, "marker-end", $"url(#{arrow})");
        builder.AddAttribute(4, "aria-hidden", "true");
        builder.CloseElement();
    }

    private void DrawLabel(RenderTreeBuilder builder, LinkLayout layout, List<GraphLink> links, Dictionary<(string, bool), int> slots)
    {
        var (far, near) = Distance(links[0].From) > Distance(links[0].To) ? (links[0].From, links[0].To) : (links[0].To, links[0].From);
        if (layout.LabelBeside(far, near, 0) is null)
        {
            // In the narrow picture both directions share one line of text.
            var (_, x, y, anchor) = layout.Line(links[0], links.Count > 1);
            Write(
                builder,
                x,
                y,
                anchor,
                string.Join(
                    "  ·  ",
                    links.Select(link =>
                        (
                            layout.IsWide || links.Count == 1 ? ""
                            : IsDown(layout, link) ? "↓ "
                            : "↑ "
                        ) + Text(link)
                    )
                )
            );
            return;
        }

        // What goes to the right is written first, as its line is the upper one.
        foreach (var link in links.OrderByDescending(link => layout.Places[link.From].X < layout.Places[link.To].X))
        {
            var side = (far, layout.Places[near].X < layout.Places[far].X);
            var slot = slots.GetValueOrDefault(side);
            slots[side] = slot + 1;
            var (x, y, anchor) = layout.LabelBeside(far, near, slot)!.Value;
            Write(builder, x, links.Count > 1 && slot == 0 ? y - 8 : links.Count > 1 ? y + 8 : y, anchor, Text(link));
        }
    }

    private int Distance(string id) => Graph.People.First(person => person.Id == id).Distance;

    private static void Write(RenderTreeBuilder builder, double x, double y, string anchor, string text)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", "links-sum");
        builder.AddAttribute(2, "x", Number(x));
        builder.AddAttribute(3, "y", Number(y));
        builder.AddAttribute(4, "text-anchor", anchor);
        builder.AddAttribute(5, "aria-hidden", "true");
        builder.AddContent(6, text);
        builder.CloseElement();
    }

    private static bool IsDown(LinkLayout layout, GraphLink link) => layout.Places[link.From].Y < layout.Places[link.To].Y;

    private static string Text(GraphLink link) =>
        MoneyFormat.Format(link.Sum) + (link.Count > 1 ? $" ({link.Count.ToString(CultureInfo.CurrentCulture)})" : "");

    private static void DrawPerson(RenderTreeBuilder builder, LinkLayout layout, GraphPerson person)
    {
        var (x, y) = layout.Places[person.Id];
        var name = person.Name ?? PersonText.UnknownCustomer;
        builder.OpenElement(0, person.Distance == 0 ? "g" : "a");
        builder.SetKey(person.Id);
        builder.AddAttribute(1, "class", $"links-person links-{Number(person.Distance)}");
        if (person.Distance > 0)
        {
            builder.AddAttribute(2, "href", BankRoutes.FraudCustomer(person.Id));
        }

        builder.AddAttribute(3, "aria-label", name);
        builder.OpenElement(4, "title");
        builder.AddContent(5, name);
        builder.CloseElement();
        builder.OpenElement(6, "rect");
        builder.AddAttribute(7, "x", Number(x));
        builder.AddAttribute(8, "y", Number(y));
        builder.AddAttribute(9, "width", Number(layout.BoxWidth));
        builder.AddAttribute(10, "height", Number(LinkLayout.BoxHeight));
        builder.AddAttribute(11, "rx", "6");
        builder.CloseElement();
        builder.OpenElement(12, "text");
        builder.AddAttribute(13, "x", Number(x + 12));
        builder.AddAttribute(14, "y", Number(y + 25));
        builder.AddContent(15, Short(name, layout.BoxWidth));
        builder.CloseElement();
        builder.CloseElement();
    }
}
