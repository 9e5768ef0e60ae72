using System.CommandLine;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>
/// Something done from the command line instead of serving pages: <c>BankPortal.Web name arguments</c>. Add it with
/// <see cref="CommandLine.Add{T}"/>; the database is ready when it runs.
/// </summary>
public interface IPortalCommand
{
    /// <summary>Whether the tables must be there before it runs.</summary>
    bool NeedsTables => true;

    /// <summary>
    /// Whether the portal's options must be valid for this call. A call that uses neither database nor services works anywhere, such as on
    /// an auditor's computer.
    /// </summary>
    static virtual bool NeedsOptions(ParseResult call) => true;

    /// <summary>How it is called: its name, what it does in one line, its arguments and options.</summary>
    static abstract Command Define();

    /// <summary>Runs it.</summary>
    /// <param name="call">The values of its arguments and options. They are valid.</param>
    /// <param name="ct">Cancelled by Ctrl+C.</param>
    /// <returns>The process's exit code: 0 when all is well.</returns>
    Task<int> RunAsync(ParseResult call, CancellationToken ct = default);
}
