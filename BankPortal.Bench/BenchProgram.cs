namespace BankPortal.Bench;

/// <summary>The benchmark's entry point.</summary>
internal static class BenchProgram
{
    private static Task<int> Main(string[] arguments) => BenchCommand.RunAsync(arguments);
}
