namespace BankPortal.Core.Statements;

/// <summary>
/// Writes statements in one format. The same statement gives the same bytes: nothing of the clock, the machine or chance may be in them.
/// Implementations are thread-safe.
/// </summary>
public interface IStatementWriter
{
    /// <summary>The format.</summary>
    StatementFormat Format { get; }

    /// <summary>The media type of the files.</summary>
    string ContentType { get; }

    /// <summary>The ending of their names, without the dot.</summary>
    string Extension { get; }

    /// <summary>The most movements that a file of this format can have.</summary>
    int MaxMovements { get; }

    /// <summary>Writes a statement.</summary>
    byte[] Write(Statement statement);
}
