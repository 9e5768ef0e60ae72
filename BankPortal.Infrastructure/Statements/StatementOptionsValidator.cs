using BankPortal.Core.Statements;

namespace BankPortal.Infrastructure.Statements;

/// <summary>Checks <see cref="StatementOptions"/>.</summary>
public sealed class StatementOptionsValidator : IOptionsValidator<StatementOptions>
{
    private const int MaxNameLength = 60;
    private const int MaxLineLength = 100;
    private const int MaxIdLength = 9;

    /// <inheritdoc/>
    public void Check(StatementOptions options, OptionsErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);

        errors.Require(
            TextInput.Clean(options.BankName) is { Length: > 0 and <= MaxNameLength } name && name == options.BankName,
            nameof(options.BankName),
            "must be a name of at most 60 characters on one line");
        errors.Require(
            IsLine(options.Address), nameof(options.Address), "must be at most 100 characters on one line");
        errors.Require(
            IsLine(options.Contact), nameof(options.Contact), "must be at most 100 characters on one line");
        errors.Require(
            options.BankId is { Length: > 0 and <= MaxIdLength } id && id.All(char.IsAsciiLetterOrDigit),
            nameof(options.BankId),
            "must be one to nine letters and digits");
    }

    private static bool IsLine(string text) => text.Length <= MaxLineLength && TextInput.Clean(text) == text;
}
