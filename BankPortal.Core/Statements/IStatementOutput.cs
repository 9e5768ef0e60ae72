namespace BankPortal.Core.Statements;

/// <summary>The file of a statement while it is written. Disposing of it does not end it: only <see cref="Finish"/> does. For one thread.</summary>
public interface IStatementOutput : IDisposable
{
    /// <summary>Writes the next movement.</summary>
    void Add(StatementMovement movement);

    /// <summary>Writes what follows the last movement, and all that is buffered.</summary>
    void Finish();
}
