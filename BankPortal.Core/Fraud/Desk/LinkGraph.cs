namespace BankPortal.Core.Fraud.Desk;

/// <summary>Who paid whom around a customer, two steps far.</summary>
/// <param name="Root">The customer.</param>
/// <param name="People">The customer first, then the others by distance and amount.</param>
/// <param name="Links">The links between them, the largest first.</param>
/// <param name="LeftOut">How many more people there were than are shown.</param>
/// <param name="Since">How far back the oldest transfer looked at is; <see langword="null"/> when there is none.</param>
public sealed record LinkGraph(string Root, ImmutableArray<GraphPerson> People, ImmutableArray<GraphLink> Links, int LeftOut, DateTimeOffset? Since);

/// <summary>All that one customer sent another, as far as it was looked at.</summary>
/// <param name="From">Who sent.</param>
/// <param name="To">Who received.</param>
/// <param name="Sum">How much together.</param>
/// <param name="Count">In how many transfers.</param>
/// <param name="LastAt">When the last of them was.</param>
public sealed record GraphLink(string From, string To, Money Sum, int Count, DateTimeOffset LastAt);

/// <summary>A customer in the graph of who paid whom.</summary>
/// <param name="Id">The customer.</param>
/// <param name="Name">The name; <see langword="null"/> where not known any more.</param>
/// <param name="Distance">0 for the customer the graph is about, 1 for those who dealt with them, 2 for those who dealt with these.</param>
/// <param name="Side">Negative for those money comes from, positive for those it goes to; its size is <see cref="Distance"/>.</param>
/// <param name="Via">Through whom the customer at distance 2 is linked; otherwise <see langword="null"/>.</param>
public sealed record GraphPerson(string Id, string? Name, int Distance, int Side, string? Via);
