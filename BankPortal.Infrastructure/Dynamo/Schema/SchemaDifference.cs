namespace BankPortal.Infrastructure.Dynamo.Schema;

/// <summary>One way in which the database's tables differ from their definitions.</summary>
/// <param name="Table">The table's full name.</param>
/// <param name="Problem">What is wrong with it, as the rest of a sentence.</param>
/// <param name="CanBeMended">Whether <see cref="SchemaManager.CreateAsync(CancellationToken)"/> puts it right.</param>
public sealed record SchemaDifference(string Table, string Problem, bool CanBeMended)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Table} {Problem}";
}
