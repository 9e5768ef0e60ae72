using System.CommandLine;
using System.CommandLine.Invocation;
using BankPortal.Infrastructure.Common;
using BankPortal.Infrastructure.Dynamo.Client;
using BankPortal.Infrastructure.Dynamo.Engine;
using Microsoft.Extensions.Logging.Console;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>
/// The portal's command line: serves pages, or runs the command that it names; both only with valid options and a ready database.
/// Settings of the host (<c>--Dynamo:Mode=Aws</c>, <c>--urls ADDRESS</c>) may stand anywhere.
/// </summary>
public sealed class CommandLine
{
    private static readonly HashSet<string> HostSettings = new(StringComparer.OrdinalIgnoreCase)
    {
        "applicationName", "contentRoot", "environment", "urls",
    };

    private readonly string[] _arguments;
    private readonly List<string> _settings = [];
    private readonly List<string> _rest = [];
    private readonly Dictionary<Command, MakeCommand> _commands = [];
    private readonly RootCommand _root = new(
        """
        An open banking and analytics portal. Without a command it serves pages.

        Settings may stand anywhere: --Section:Key VALUE or --Section:Key=VALUE; --urls ADDRESS, --environment NAME.
        """
    );

    private ParseResult? _call;

    /// <param name="arguments">The arguments of the process.</param>
    public CommandLine(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);

        _arguments = arguments;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!IsSetting(arguments[i]))
            {
                _rest.Add(arguments[i]);
                continue;
            }

            _settings.Add(arguments[i]);
            if (!arguments[i].Contains('=', StringComparison.Ordinal) && i + 1 < arguments.Length)
            {
                _settings.Add(arguments[++i]);
            }
        }

        _root.SetAction(_ => ExitCodes.Ok);
    }

    private delegate IPortalCommand MakeCommand(IServiceProvider services);

    /// <summary>
    /// The arguments that are settings. A command's own arguments must not reach the configuration: it would take a path that
    /// begins with a slash for the name of a setting, and the setting behind it for its value.
    /// </summary>
    public string[] Settings => IsCommand ? [.. _settings] : _arguments;

    /// <summary>Whether there is nothing to run: help or the version was asked for, or the command line has errors.</summary>
    public bool EndsAtOnce => !Serves && !ReferenceEquals(Call.Action, Call.CommandResult.Command.Action);

    // Unknown options without a command are for the host, which may know them as settings (--http_ports 8080). A word is not.
    private bool Serves => Call.CommandResult.Command == _root
        && (ReferenceEquals(Call.Action, _root.Action) || (Call.Action is ParseErrorAction && _rest[0].StartsWith('-')));

    private bool IsCommand => !EndsAtOnce && !Serves;

    private ParseResult Call => _call ??= CommandArguments.Read(_root, _rest);

    /// <summary>Adds a command. All must be added before anything else is asked.</summary>
    public CommandLine Add<T>()
        where T : class, IPortalCommand
    {
        var command = T.Define();
        command.SetAction(_ => ExitCodes.Ok);
        _root.Add(command);
        _commands.Add(command, services => ActivatorUtilities.CreateInstance<T>(services));
        return this;
    }

    /// <summary>Prints the help, the version, or what is wrong with the command line.</summary>
    /// <returns>The process's exit code.</returns>
    public Task<int> EndAsync() => CommandArguments.InvokeAsync(Call);

    /// <summary>
    /// Sends the log to standard error when a command runs, and only what is worrying: standard output carries the command's
    /// result, so that it can be piped.
    /// </summary>
    public void KeepOutputClean(ILoggingBuilder logging)
    {
        ArgumentNullException.ThrowIfNull(logging);

        if (IsCommand)
        {
            logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.Warning);
        }
    }

    /// <summary>Runs the portal to its end.</summary>
    /// <param name="app">The portal as built.</param>
    /// <param name="answer">Says how requests are answered. Called only when pages are served, and not before the options are
    /// known to be valid.</param>
    /// <returns>The process's exit code.</returns>
    public async Task<int> RunAsync(WebApplication app, Action<WebApplication> answer)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(answer);

        await using (app)
        {
            try
            {
                return IsCommand ? await RunCommandAsync(app) : await ServeAsync(app, answer);
            }
            catch (OptionsValidationException e)
            {
                await Console.Error.WriteLineAsync("The portal's configuration has errors:");
                foreach (var failure in e.Failures)
                {
                    await Console.Error.WriteLineAsync($"  - {failure}");
                }

                return ExitCodes.CannotStart;
            }
            catch (DatabaseUnavailableException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return ExitCodes.CannotStart;
            }
            catch (Exception e) when (DatabaseFault.Explain(e) is { } line)
            {
                await Console.Error.WriteLineAsync(line);
                return ExitCodes.CannotStart;
            }
        }
    }

    private static async Task<int> ServeAsync(WebApplication app, Action<WebApplication> answer)
    {
        app.Services.ValidateOptions();
        answer(app);
        var database = app.Services.GetRequiredService<IDatabaseStartup>();
        await database.EnsureReadyAsync(app.Lifetime.ApplicationStopping);
        foreach (var task in app.Services.GetServices<IStartupTask>())
        {
            await task.RunAsync(app.Lifetime.ApplicationStopping);
        }

        await app.RunAsync();
        return database.FatalError is { } error ? throw new DatabaseUnavailableException(error) : ExitCodes.Ok;
    }

    private async Task<int> RunCommandAsync(WebApplication app)
    {
        app.Services.ValidateOptions();
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
        var database = app.Services.GetRequiredService<IDatabaseStartup>();
        ConsoleCancelEventHandler onInterrupt = (_, e) =>
        {
            e.Cancel = true;
            interrupted.Cancel();
        };
        Console.CancelKeyPress += onInterrupt;
        try
        {
            await using var scope = app.Services.CreateAsyncScope();
            var command = _commands[Call.CommandResult.Command](scope.ServiceProvider);
            if (command.NeedsTables)
            {
                await database.EnsureReadyAsync(interrupted.Token);
            }

            return await command.RunAsync(Call, interrupted.Token);
        }
        catch (OperationCanceledException e) when (database.FatalError is { } error)
        {
            throw new DatabaseUnavailableException(error, e);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted.");
            return ExitCodes.Interrupted;
        }
        finally
        {
            Console.CancelKeyPress -= onInterrupt;
        }
    }

    // Apart from the library, because the names of settings are not known here and do not mind upper and lower case.
    private static bool IsSetting(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal))
        {
            return false;
        }

        var name = argument[2..].Split('=', 2)[0];
        return name.Contains(':', StringComparison.Ordinal) || HostSettings.Contains(name);
    }
}
