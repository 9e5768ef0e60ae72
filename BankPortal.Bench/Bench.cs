using System.CommandLine;

namespace BankPortal.Bench;

/// <summary>Something that can be measured, as a command of its own.</summary>
/// <param name="Name">The command.</param>
/// <param name="Summary">What is measured, in a line or two of the help.</param>
/// <param name="RunAsync">Measures. The result is written to the file of <c>--json</c>, the figures too.</param>
/// <param name="Options">Which of <see cref="BenchOptions"/> it reads; the command line knows no others.</param>
internal sealed record Bench(
    string Name, string Summary, Func<BenchOptions, Figures, Task<object>> RunAsync, IReadOnlyList<Option> Options)
{
    /// <summary>The name of its result in the file of <c>--json</c>.</summary>
    public string Key { get; init; } = Name;

    /// <summary>Whether the command <c>all</c> measures it too.</summary>
    public bool IsInAll { get; init; }
}
