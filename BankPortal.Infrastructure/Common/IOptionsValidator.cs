namespace BankPortal.Infrastructure.Common;

/// <summary>Checks the values of one options class. Implementations check everything and do not stop at the first error.</summary>
/// <typeparam name="TOptions">The options class.</typeparam>
public interface IOptionsValidator<in TOptions>
{
    /// <summary>Adds every error in the options to <paramref name="errors"/>.</summary>
    void Check(TOptions options, OptionsErrors errors);
}
