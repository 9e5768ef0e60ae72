using BankPortal.Web.Components.Grid;

namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>What the queue of cases shows, as its address says. Unknown values are ignored: the address may have been typed.</summary>
internal sealed record CaseFilter
{
    /// <summary>The state; <see langword="null"/> for all open cases.</summary>
    public CaseState? State { get; init; }

    public CaseOwner Owner { get; init; }

    /// <summary>The kind; <see langword="null"/> for every kind the reader may see.</summary>
    public CaseKind? Kind { get; init; }

    /// <summary>Whether only cases past their due time are shown; never with closed ones.</summary>
    public bool Overdue { get; init; }

    /// <summary>The order; <see langword="null"/> for the usual one.</summary>
    public GridSort? Sort { get; init; }

    /// <summary>The cursor of the page; <see langword="null"/> for the first.</summary>
    public string? After { get; init; }

    /// <summary>Whether it leaves out any open case.</summary>
    public bool IsNarrowed => State is not null || Owner != CaseOwner.All || Kind is not null || Overdue || After is not null;

    /// <summary>Reads an address.</summary>
    public static CaseFilter Of(string? state, string? owner, string? kind, string? overdue, string? sort, string? direction, string? after)
    {
        var asked = Enum.TryParse<CaseState>(state, ignoreCase: true, out var one) && Enum.IsDefined(one) ? one : (CaseState?)null;
        return new CaseFilter
        {
            State = asked,
            Owner = Enum.TryParse<CaseOwner>(owner, ignoreCase: true, out var who) && Enum.IsDefined(who) ? who : CaseOwner.All,
            Kind = Enum.TryParse<CaseKind>(kind, ignoreCase: true, out var which) && Enum.IsDefined(which) ? which : null,
            Overdue = overdue == "yes" && asked != CaseState.Closed,
            Sort = GridSort.Of(sort, direction, "due"),
            After = CasePageCursor(after),
        };
    }

    /// <summary>Reads the query of a request.</summary>
    public static CaseFilter Of(IQueryCollection query) =>
        Of(query["state"], query["who"], query["kind"], query["overdue"], query["sort"], query["dir"], query["after"]);

    /// <summary>What to ask the store for.</summary>
    public CaseQuery ToQuery(int limit)
    {
        // The usual order of open cases is by due time, the earliest first; of closed ones the latest first.
        var reversed = Sort is { } sort && sort.Descending != (State == CaseState.Closed);
        var query = new CaseQuery { State = State, Owner = Owner, Limit = limit, After = After, IsReversed = reversed };
        return Kind is { } kind ? query with { Kinds = [kind] } : query;
    }

    /// <summary>It as the query of an address; "" where there is nothing to say.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (State is { } state)
        {
            parts.Add("state=" + state.ToString().ToLowerInvariant());
        }

        if (Owner != CaseOwner.All)
        {
            parts.Add("who=" + Owner.ToString().ToLowerInvariant());
        }

        if (Kind is { } kind)
        {
            parts.Add("kind=" + kind.ToString().ToLowerInvariant());
        }

        if (Overdue && State != CaseState.Closed)
        {
            parts.Add("overdue=yes");
        }

        if (Sort is not null)
        {
            parts.Add(Sort.Query);
        }

        if (After is not null)
        {
            parts.Add("after=" + Uri.EscapeDataString(After));
        }

        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private static string? CasePageCursor(string? text) => Core.Fraud.Cases.CasePage.PlaceOf(text);
}
