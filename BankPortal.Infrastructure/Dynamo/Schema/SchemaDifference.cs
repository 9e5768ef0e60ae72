namespace BankPortal.Infrastructure.Dynamo.Schema;

/// <summary>One difference between the database's tables and their definitions.</summary>
/// <param name="Table">The full name of the table.</param>
/// <param name="Problem">The rest of a sentence that says what is wrong with the table.</param>
/// <param name="CanBeRepaired">Whether <see cref="SchemaManager.CreateAsync(CancellationToken)"/> repairs it.</param>
public sealed record SchemaDifference(string Table, string Problem, bool CanBeRepaired)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Table} {Problem}";
}
