namespace BankPortal.Core.Fraud.Desk;

/// <summary>The customers linked to one customer by transfers, up to two steps away.</summary>
/// <param name="Root">The user id of the customer.</param>
/// <param name="People">The customer first, then the others by distance and amount.</param>
/// <param name="Links">The links between them, largest first.</param>
/// <param name="LeftOut">How many more customers were found than are shown.</param>
/// <param name="Since">The time of the oldest transfer read; <see langword="null"/> when there is none.</param>
public sealed record LinkGraph(
    string Root, ImmutableArray<GraphPerson> People, ImmutableArray<GraphLink> Links, int LeftOut, DateTimeOffset? Since);

/// <summary>All transfers read from one customer to another, summed up.</summary>
/// <param name="From">The user id of the sender.</param>
/// <param name="To">The user id of the receiver.</param>
/// <param name="Sum">The total amount.</param>
/// <param name="Count">The number of transfers.</param>
/// <param name="LastAt">The time of the latest transfer.</param>
public sealed record GraphLink(string From, string To, Money Sum, int Count, DateTimeOffset LastAt);

/// <summary>A customer in the link graph.</summary>
/// <param name="Id">The user id.</param>
/// <param name="Name">The name; <see langword="null"/> when it is unknown.</param>
/// <param name="Distance">0 for the customer the graph is about, 1 for direct counterparties, 2 for counterparties of those.</param>
/// <param name="Side">Negative for senders, positive for receivers; the absolute value is <see cref="Distance"/>.</param>
/// <param name="Via">For distance 2, the customer through whom the link goes; otherwise <see langword="null"/>.</param>
public sealed record GraphPerson(string Id, string? Name, int Distance, int Side, string? Via);
