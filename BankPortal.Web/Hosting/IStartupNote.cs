namespace BankPortal.Web.Hosting;

/// <summary>Lines to print when the portal has started, such as the demo sign-ins in Development.</summary>
public interface IStartupNote
{
    /// <summary>The lines; none when there is nothing to say.</summary>
    IEnumerable<string> Lines();
}
