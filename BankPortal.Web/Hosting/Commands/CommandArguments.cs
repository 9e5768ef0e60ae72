using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>How the portal and the benchmarks read their command lines: by System.CommandLine, apart from what is said here.</summary>
internal static class CommandArguments
{
    // An argument that begins with @ stands for itself, not for a file with more arguments.
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    /// <summary>Reads a command line. <c>help [command]</c>, <c>-h</c> and <c>-?</c> mean <c>--help</c>.</summary>
    public static ParseResult Read(RootCommand root, IEnumerable<string> arguments)
    {
        // The library would suggest a short form to whoever mistypes a short word.
        foreach (var option in root.Options)
        {
            option.Aliases.Clear();
        }

        var given = arguments.Select(argument => argument is "-h" or "-?" ? "--help" : argument).ToList();
        return root.Parse(given is ["help", .. var about] ? [.. about, "--help"] : given, Configuration);
    }

    /// <summary>
    /// Runs the command that was called, or prints the help that was asked for. A command line with errors runs nothing: suggestions,
    /// errors and help go to standard error.
    /// </summary>
    /// <param name="call">The command line as read.</param>
    /// <param name="errors">Where errors go; standard error when not given.</param>
    /// <returns>The command's exit code, or <see cref="ExitCodes.Usage"/>.</returns>
    public static async Task<int> InvokeAsync(ParseResult call, TextWriter? errors = null)
    {
        var isRefused = call.Action is ParseErrorAction;

        // Ctrl+C is left to the command, and an exception to the runtime.
        var code = await call.InvokeAsync(new InvocationConfiguration
        {
            Output = isRefused ? errors ?? Console.Error : Console.Out,
            Error = errors ?? Console.Error,
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        });
        return isRefused ? ExitCodes.Usage : code;
    }

    /// <summary>The value of an option, given or by default; null or zero where the command that was called does not have it.</summary>
    public static T? ValueOrDefault<T>(this ParseResult call, string option) =>
        call.GetResult(option) is OptionResult result ? result.GetValueOrDefault<T>() : default;

    /// <summary>Makes what was given an error unless it is valid.</summary>
    public static void Require(this SymbolResult given, bool isValid, string otherwise)
    {
        if (!isValid)
        {
            given.AddError(otherwise);
        }
    }
}
