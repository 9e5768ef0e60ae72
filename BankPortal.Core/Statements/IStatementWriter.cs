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

    /// <summary>Begins a file to which the movements are added one by one, with the same bytes as <see cref="Write"/>.</summary>
    /// <param name="head">The statement; its movements are not looked at, its sums are.</param>
    /// <param name="output">Receives the bytes. Writing is synchronous: a buffer in memory.</param>
    /// <returns>The file; <see langword="null"/> for a format that needs all movements before its first byte.</returns>
    IStatementOutput? Begin(Statement head, Stream output) => null;
}
