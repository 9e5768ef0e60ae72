using System.Collections.Immutable;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>Who paid whom around a customer, two steps far.</summary>
/// <param name="Root">The customer.</param>
/// <param name="People">The customer first, then the others by distance and amount.</param>
/// <param name="Links">The links between them, the largest first.</param>
/// <param name="LeftOut">How many more people there were than are shown.</param>
/// <param name="Since">How far back the oldest transfer looked at is; <see langword="null"/> when there is none.</param>
public sealed record LinkGraph(string Root, ImmutableArray<GraphPerson> People, ImmutableArray<GraphLink> Links, int LeftOut, DateTimeOffset? Since);
