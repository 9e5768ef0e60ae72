using BankPortal.Infrastructure.Common;
using BankPortal.Infrastructure.Dynamo.Client;
using BankPortal.Infrastructure.Dynamo.Engine;
using Microsoft.Extensions.Logging.Console;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>Serves pages, or runs the command named first on the command line; both only with valid options and a ready database.</summary>
public static class CommandLine
{
    private static readonly HashSet<string> HostSettings = new(StringComparer.OrdinalIgnoreCase) { "environment", "urls", "contentRoot" };

    /// <summary>Registers a command.</summary>
    public static IServiceCollection AddCommand<T>(this IServiceCollection services)
        where T : class, IPortalCommand => services.AddScoped<IPortalCommand, T>();

    /// <summary>
    /// The arguments that are settings. A command's own arguments must not reach the configuration: it would take a path that
    /// begins with a slash for the name of a setting, and the setting behind it for its value.
    /// </summary>
    public static string[] SettingsIn(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);

        return IsCommand(args) ? [.. args.Where(IsSetting)] : args;
    }

    /// <summary>
    /// Sends the log to standard error when a command runs, and only what is worrying: standard output carries the command's
    /// result, so that it can be piped.
    /// </summary>
    public static WebApplicationBuilder KeepOutputClean(this WebApplicationBuilder builder, string[] args)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(args);

        if (IsCommand(args))
        {
            builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            builder.Logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.Warning);
        }

        return builder;
    }

    /// <summary>Runs the portal to its end.</summary>
    /// <param name="app">The portal as built.</param>
    /// <param name="args">The command line.</param>
    /// <param name="answer">Says how requests are answered. Called only when pages are served, and not before the options are
    /// known to be valid.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunPortalAsync(this WebApplication app, string[] args, Action<WebApplication> answer)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(answer);

        await using (app)
        {
            try
            {
                return IsCommand(args) ? await RunCommandAsync(app, args[0], args[1..]) : await ServeAsync(app, answer);
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
        }
    }

    // Settings (--Dynamo:Mode=Aws) may stand beside a command; a bare word in first place is the command.
    private static bool IsCommand(string[] args) => args is [var name, ..] && !name.StartsWith('-');

    private static async Task<int> ServeAsync(WebApplication app, Action<WebApplication> answer)
    {
        app.Services.ValidateOptions();
        answer(app);
        await app.Services.GetRequiredService<IDatabaseStartup>().EnsureReadyAsync(app.Lifetime.ApplicationStopping);
        foreach (var task in app.Services.GetServices<IStartupTask>())
        {
            await task.RunAsync(app.Lifetime.ApplicationStopping);
        }

        await app.RunAsync();
        return ExitCodes.Ok;
    }

    private static async Task<int> RunCommandAsync(WebApplication app, string name, string[] arguments)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var commands = scope.ServiceProvider.GetServices<IPortalCommand>().OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        var command = commands.Find(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        if (command is null)
        {
            var help = string.Equals(name, "help", StringComparison.Ordinal);
            var output = help ? Console.Out : Console.Error;
            await output.WriteLineAsync(help ? "Commands:" : $"There is no command '{name}'. Commands:");
            foreach (var known in commands)
            {
                await output.WriteLineAsync($"  {$"{known.Name} {known.Usage}".TrimEnd()}");
                await output.WriteLineAsync($"      {known.Summary}");
            }

            return help ? ExitCodes.Ok : ExitCodes.Usage;
        }

        using var interrupted = new CancellationTokenSource();
        ConsoleCancelEventHandler onInterrupt = (_, e) =>
        {
            e.Cancel = true;
            interrupted.Cancel();
        };
        Console.CancelKeyPress += onInterrupt;
        try
        {
            app.Services.ValidateOptions();
            if (command.NeedsTables)
            {
                await app.Services.GetRequiredService<IDatabaseStartup>().EnsureReadyAsync(interrupted.Token);
            }

            return await command.RunAsync([.. arguments.Where(a => !IsSetting(a))], interrupted.Token);
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

    // These have been read into the configuration already.
    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal)
        && argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
        && (argument[..equals].Contains(':', StringComparison.Ordinal) || HostSettings.Contains(argument[2..equals]));
}
