namespace BankPortal.Web.Hosting.Commands;

/// <summary>
/// Something done from the command line instead of serving pages: <c>BankPortal.Web -- name arguments</c>. Register it with
/// <see cref="CommandLine.AddCommand{T}"/>; the database is ready when it runs.
/// </summary>
public interface IPortalCommand
{
    /// <summary>The word that calls it.</summary>
    string Name { get; }

    /// <summary>How it is called, after the name; empty when it takes nothing.</summary>
    string Usage => "";

    /// <summary>What it does, in one line.</summary>
    string Summary { get; }

    /// <summary>Whether the tables must be there before it runs.</summary>
    bool NeedsTables => true;

    /// <summary>Runs it.</summary>
    /// <param name="arguments">What stands after the name.</param>
    /// <param name="ct">Cancelled by Ctrl+C.</param>
    /// <returns>The process's exit code: 0 when all is well.</returns>
    Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct = default);
}
