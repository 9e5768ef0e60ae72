using BankPortal.Core.Statements;

namespace BankPortal.Infrastructure.Statements.Formats;

/// <summary>A file of a statement while it is written.</summary>
/// <param name="add">Writes a movement.</param>
/// <param name="finish">Writes the end and all that is buffered.</param>
internal sealed class StatementOutput(Action<StatementMovement> add, Action finish) : IStatementOutput
{
    /// <summary>Writes a statement in full.</summary>
    public static byte[] Write(IStatementWriter writer, Statement statement)
    {
        using var bytes = new MemoryStream();
        using var file = writer.Begin(statement, bytes)!;
        foreach (var movement in statement.Movements)
        {
            file.Add(movement);
        }

        file.Finish();
        return bytes.ToArray();
    }

    /// <inheritdoc/>
    public void Add(StatementMovement movement) => add(movement);

    /// <inheritdoc/>
    public void Finish() => finish();

    /// <inheritdoc/>
    public void Dispose()
    {
        // What is buffered in memory goes with the buffer. Ending the file here would make one that was given up look whole.
    }
}
