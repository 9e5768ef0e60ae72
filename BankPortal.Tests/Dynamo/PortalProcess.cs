namespace BankPortal.Tests.Dynamo;

/// <summary>
/// The portal as a process of its own, for what can only be seen from outside. It ends with the test host, and at once when it
/// does not start as a test expects. Waits last as long as it makes progress.
/// </summary>
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
                "--environment=Development",
                "--urls=http://127.0.0.1:0",
                .. arguments,
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

    /// <summary>Starts it. Its arguments come behind those that make it a portal for tests.</summary>
    public static PortalProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Starts it, and returns when it can be reached and has told of its engine.</summary>
    public static async Task<PortalProcess> ServeAsync(params string[] arguments)
    {
        var portal = Start(arguments);
        try
        {
            await portal.UntilAsync(() =>
            {
                Assert.False(portal.Exited.IsCompleted, portal.Output);
                return portal.Address is not null && portal.EngineId is not null;
            });
            return portal;
        }
        catch
        {
            // Nobody has it to end it.
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it has ended by itself; fails when it serves pages instead.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        var servedBefore = Address is not null;
        await UntilAsync(() =>
        {
            Assert.True(servedBefore || Address is null, $"It serves pages instead of ending: {Output}");
            return Exited.IsCompleted;
        });
        return await Exited;
    }

    /// <summary>Waits for a condition, as long as the portal or its engine makes progress.</summary>
    public Task UntilAsync(Func<bool> condition) =>
        ProgressPatience.UntilAsync(
            condition, () => (_lines.Count, ProgressPatience.WorkOf(Exited.IsCompleted ? null : Id, EngineId)), () => Output);

    public void Kill() => _process.Kill();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex(@"engine \(process (?<id>\d+)\) answers on port", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EnginePattern();

    [GeneratedRegex(
        @"open at (?<address>https?://127\.0\.0\.1:\d+)\s*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex AddressPattern();
}
