using System.CommandLine;
using BankPortal.Infrastructure.Common;
using BankPortal.Infrastructure.Dynamo.Client;
using BankPortal.Infrastructure.Dynamo.Engine;
using BankPortal.Infrastructure.Security;
using BankPortal.Web.Hosting.Start;
using Microsoft.Extensions.Logging.Console;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>
/// The portal's command line: serves pages, or runs the command that it names, wherever that stands; both only with valid
/// options and a ready database. Settings of the host (<c>--Dynamo:Mode=Aws</c>, <c>--urls ADDRESS</c>) may stand anywhere.
/// Whatever keeps the portal from starting is one clear message on standard error, and exit code 2 or 3.
/// </summary>
public sealed class CommandLine
{
    // The host logs a failed start with its stack, which says less than our message. Its other errors stay.
    private const string HostLog = "Microsoft.Extensions.Hosting.Internal.Host";

    private readonly TextWriter _errors;
    private readonly LineArguments _line;
    private readonly Dictionary<Command, (MakeCommand Make, Func<ParseResult, bool> NeedsOptions)> _commands = [];
    private readonly RootCommand _root = new(
        """
        An open banking and analytics portal. Without a command it serves pages.

        Settings may stand anywhere: --Section:Key VALUE or --Section:Key=VALUE; --urls ADDRESS, --environment NAME.
        """
    );

    private ParseResult? _call;
    private volatile bool _isStarting = true;

    /// <param name="arguments">The arguments of the process.</param>
    /// <param name="errors">Where messages about a failed start go; standard error when not given.</param>
    public CommandLine(string[] arguments, TextWriter? errors = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);

        _errors = errors ?? Console.Error;
        _line = new LineArguments(arguments, () => [.. OptionNames(_root), .. _root.Subcommands.SelectMany(OptionNames)]);
        _root.SetAction(_ => ExitCodes.Ok);
    }

    private delegate IPortalCommand MakeCommand(IServiceProvider services);

    /// <summary>
    /// The arguments that are settings. A command's own arguments must not reach the configuration: it would take a path that
    /// begins with a slash for the name of a setting, and the setting behind it for its value.
    /// </summary>
    public string[] Settings => [.. _line.Settings];

    /// <summary>Whether there is nothing to run: help or the version was asked for, or the command line has errors.</summary>
    public bool EndsAtOnce => _line.Error is not null || !ReferenceEquals(Call.Action, Call.CommandResult.Command.Action);

    private bool IsCommand => !EndsAtOnce && Call.CommandResult.Command != _root;

    private ParseResult Call => _call ??= CommandArguments.Read(_root, _line.Rest);

    /// <summary>Adds a command. All must be added before anything else is asked.</summary>
    public CommandLine Add<T>()
        where T : class, IPortalCommand
    {
        var command = T.Define();
        command.SetAction(_ => ExitCodes.Ok);
        _root.Add(command);
        _commands.Add(command, (services => ActivatorUtilities.CreateInstance<T>(services), T.NeedsOptions));
        return this;
    }

    /// <summary>Builds the portal and runs it to its end, or what the command line names instead.</summary>
    /// <param name="add">Adds the modules.</param>
    /// <param name="answer">Says how requests are answered. Called only when pages are served, and not before the options are
    /// known to be valid.</param>
    /// <returns>The process's exit code.</returns>
    public async Task<int> RunAsync(Action<WebApplicationBuilder> add, Action<WebApplication> answer)
    {
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(answer);

        try
        {
            if (EndsAtOnce)
            {
                return await EndAsync();
            }

            await using var app = Build(add);
            return IsCommand ? await RunCommandAsync(app) : await ServeAsync(app, answer);
        }
        catch (OptionsValidationException e)
        {
            await _errors.WriteLineAsync("The portal's configuration has errors:");
            foreach (var failure in e.Failures)
            {
                await _errors.WriteLineAsync($"  - {failure}");
            }

            return ExitCodes.CannotStart;
        }
        catch (Exception e) when (e is DatabaseUnavailableException or StartRefusedException)
        {
            await _errors.WriteLineAsync(e.Message);
            return ExitCodes.CannotStart;
        }
        catch (Exception e) when (DatabaseFault.Explain(e) is { } line)
        {
            await _errors.WriteLineAsync(line);
            return ExitCodes.CannotStart;
        }
    }

    // Prints the help, the version, or what is wrong with the command line.
    private async Task<int> EndAsync()
    {
        if (_line.Error is not { } error)
        {
            return await CommandArguments.InvokeAsync(Call, _errors);
        }

        await _errors.WriteLineAsync(error);
        return ExitCodes.Usage;
    }

    private WebApplication Build(Action<WebApplicationBuilder> add)
    {
        WebApplicationBuilder builder;
        try
        {
            builder = WebApplication.CreateBuilder(Settings);
        }
        catch (Exception e) when (StartFailure.OfConfiguration(e) is { } reason)
        {
            throw new StartRefusedException(reason, e);
        }

        add(builder);
        builder.Logging.AddFilter(HostLog, level => !_isStarting && level >= LogLevel.Warning);
        KeepOutputClean(builder.Logging);
        LogLevels.Require(builder.Configuration);
        return builder.Build();
    }

    // Sends the log to standard error when a command runs, and only what is worrying: standard output carries the command's
    // result, so that it can be piped.
    private void KeepOutputClean(ILoggingBuilder logging)
    {
        if (IsCommand)
        {
            logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.Warning);
        }
    }

    private async Task<int> ServeAsync(WebApplication app, Action<WebApplication> answer)
    {
        app.Services.ValidateOptions();
        app.Services.GetRequiredService<ListenCheck>().Require();
        answer(app);
        var database = app.Services.GetRequiredService<IDatabaseStartup>();
        await MakeReadyAsync(app.Services, app.Lifetime.ApplicationStopping);
        foreach (var task in app.Services.GetServices<IStartupTask>())
        {
            await task.RunAsync(app.Lifetime.ApplicationStopping);
        }

        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (StartFailure.OfServer(e) is { } reason)
        {
            throw new StartRefusedException(reason, e);
        }

        _isStarting = false;
        await app.WaitForShutdownAsync();
        return database.FatalError is { } error ? throw new DatabaseUnavailableException(error) : ExitCodes.Ok;
    }

    private async Task<int> RunCommandAsync(WebApplication app)
    {
        var (make, needsOptions) = _commands[Call.CommandResult.Command];
        if (needsOptions(Call))
        {
            app.Services.ValidateOptions();
        }

        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
        var database = needsOptions(Call) ? app.Services.GetRequiredService<IDatabaseStartup>() : null;
        ConsoleCancelEventHandler onInterrupt = (_, e) =>
        {
            e.Cancel = true;
            interrupted.Cancel();
        };
        Console.CancelKeyPress += onInterrupt;
        try
        {
            await using var scope = app.Services.CreateAsyncScope();
            var command = make(scope.ServiceProvider);
            if (command.NeedsTables)
            {
                await MakeReadyAsync(app.Services, interrupted.Token);
            }

            return await command.RunAsync(Call, interrupted.Token);
        }
        catch (OperationCanceledException e) when (database?.FatalError is { } error)
        {
            throw new DatabaseUnavailableException(error, e);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            await _errors.WriteLineAsync("Interrupted.");
            return ExitCodes.Interrupted;
        }
        finally
        {
            Console.CancelKeyPress -= onInterrupt;
        }
    }

    private static async Task MakeReadyAsync(IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<IDatabaseStartup>().EnsureReadyAsync(ct);
        await services.GetRequiredService<KeyRingStartup>().EnsureReadableAsync(ct);
    }

    private static IEnumerable<string> OptionNames(Command command) =>
        command.Options.SelectMany(option => option.Aliases.Append(option.Name));
}
