namespace BankPortal.Infrastructure.Common;

/// <summary>What must hold for one options class. Look at everything; never stop at the first mistake.</summary>
/// <typeparam name="TOptions">The options class.</typeparam>
public interface IOptionsRules<in TOptions>
{
    /// <summary>Notes every mistake in the options.</summary>
    void Check(TOptions options, OptionsErrors mistakes);
}
