namespace BankPortal.Core.Fraud.Desk;

/// <summary>A customer in the graph of who paid whom.</summary>
/// <param name="Id">The customer.</param>
/// <param name="Name">The name; <see langword="null"/> where not known any more.</param>
/// <param name="Distance">0 for the customer the graph is about, 1 for those who dealt with them, 2 for those who dealt with these.</param>
/// <param name="Side">Negative for those money comes from, positive for those it goes to; its size is <see cref="Distance"/>.</param>
/// <param name="Via">Through whom the customer at distance 2 is linked; otherwise <see langword="null"/>.</param>
public sealed record GraphPerson(string Id, string? Name, int Distance, int Side, string? Via);
