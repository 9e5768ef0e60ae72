namespace BankPortal.Tests.Dynamo;

/// <summary>The portal as a process of its own, for what can only be seen from outside. It ends with the test host.</summary>
internal sealed partial class PortalProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<string> _results = new();
    private readonly SupervisedProcess _process;

    private PortalProcess(string[] arguments) =>
        _process = SupervisedProcess.Start(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "BankPortal.Web.dll"),
                .. arguments,
                "--environment=Development",
                "--urls=http://127.0.0.1:0",
            ],
            AppContext.BaseDirectory,
            (line, error) =>
            {
                _lines.Enqueue(line);
                if (!error)
                {
                    _results.Enqueue(line);
                }
            }
        );

    public int Id => _process.Id;

    public string Output => string.Join(Environment.NewLine, _lines);

    /// <summary>What it wrote to standard output only.</summary>
    public IReadOnlyList<string> Results => [.. _results];

    public Task<int> Exited => _process.Exited;

    /// <summary>The embedded engine's process, once the portal has told.</summary>
    public int? EngineId =>
        EnginePattern().Match(Output) is { Success: true } match ? int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture) : null;

    /// <summary>The portal's address, once it listens.</summary>
    public Uri? Address => AddressPattern().Match(Output) is { Success: true } match ? new Uri(match.Groups["address"].Value) : null;

    public static PortalProcess Start(params string[] arguments) => new(arguments);

    public void Kill() => _process.Kill();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex(@"engine \(process (?<id>\d+)\) answers on port", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EnginePattern();

    [GeneratedRegex(@"open at (?<address>http://127\.0\.0\.1:\d+)\s*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex AddressPattern();
}
